package dev.switchboard.whatsapp.device;

import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.signal.PreKeyBundle;
import dev.switchboard.whatsapp.signal.SignalException;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fetches what devices publish so that sessions with them can be started. */
public final class PreKeyBundles {
  private final StanzaStream stream;

  PreKeyBundles(StanzaStream stream) {
    this.stream = stream;
  }

  /** The bundles of those devices that the server has one of; malformed ones are left out. */
  Map<Jid, PreKeyBundle> fetch(List<Jid> devices) throws InterruptedException {
    List<Node> users =
        devices.stream().map(jid -> Node.of("user", Map.of("jid", jid.toString()))).toList();
    Node reply = stream.request("get", "encrypt", Node.of("key", users));
    Map<Jid, PreKeyBundle> bundles = new LinkedHashMap<>();
    for (Node user : reply.requiredChild("list").children("user")) {
      Optional<Jid> jid = user.jid("jid").filter(devices::contains);
      jid.ifPresent(known -> read(user).ifPresent(bundle -> bundles.put(known, bundle)));
    }
    return bundles;
  }

  /** What one device published; empty when it is malformed. Signatures are not looked at here. */
  public static Optional<PreKeyBundle> read(Node user) {
    if (user.child("error").isPresent()) {
      return Optional.empty();
    }
    try {
      Node signed = user.requiredChild("skey");
      return Optional.of(
          new PreKeyBundle(
              number(user.requiredChild("registration").bytes()),
              user.requiredChild("identity").bytes(),
              number(signed.requiredChild("id").bytes()),
              signed.requiredChild("value").bytes(),
              signed.requiredChild("signature").bytes(),
              oneTimeKey(user)));
    } catch (WireException | SignalException e) {
      return Optional.empty();
    }
  }

  private static PreKeyBundle.@Nullable OneTimeKey oneTimeKey(Node user) {
    Node key = user.child("key").orElse(null);
    return key == null
        ? null
        : new PreKeyBundle.OneTimeKey(
            number(key.requiredChild("id").bytes()), key.requiredChild("value").bytes());
  }

  /** Up to four bytes, big-endian; more than 31 bits is refused by whoever uses it. */
  private static int number(byte[] bytes) {
    if (bytes.length > Integer.BYTES) {
      throw new WireException("a number of " + bytes.length + " bytes");
    }
    int value = 0;
    for (byte each : bytes) {
      value = value << 8 | Byte.toUnsignedInt(each);
    }
    return value;
  }
}
