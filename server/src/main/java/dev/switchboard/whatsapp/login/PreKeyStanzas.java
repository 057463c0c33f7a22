package dev.switchboard.whatsapp.login;

import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.signal.PreKey;
import dev.switchboard.whatsapp.signal.SignedPreKey;
import dev.switchboard.whatsapp.wire.Content;
import dev.switchboard.whatsapp.wire.Node;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The parts of stanzas that publish keys, in the order in which independent clients write them. */
public final class PreKeyStanzas {
  private static final byte[] KEY_TYPE = {5};
  private static final int ID_BYTES = 3;

  private PreKeyStanzas() {}

  public static Node registration(DeviceKeys keys) {
    return Node.of("registration", bigEndian(keys.identity().registrationId(), Integer.BYTES));
  }

  public static Node type() {
    return Node.of("type", KEY_TYPE);
  }

  public static Node identity(DeviceKeys keys) {
    return Node.of("identity", keys.identity().keyPair().publicKey());
  }

  /** The public half of a one-time prekey. */
  public static Node key(PreKey key) {
    return Node.of(
        "key",
        Node.of("id", bigEndian(key.id(), ID_BYTES)),
        Node.of("value", key.keyPair().publicKey()));
  }

  public static Node signedKey(DeviceKeys keys) {
    SignedPreKey signed = keys.signedPreKey();
    return Node.of(
        "skey",
        Node.of("id", bigEndian(signed.id(), ID_BYTES)),
        Node.of("value", signed.keyPair().publicKey()),
        Node.of("signature", signed.signature()));
  }

  static List<Node> upload(DeviceKeys keys, List<PreKey> fresh) {
    Node list =
        new Node(
            "list",
            Map.of(),
            new Content.Children(fresh.stream().map(PreKeyStanzas::key).toList()));
    return List.of(registration(keys), type(), identity(keys), list, signedKey(keys));
  }

  private static byte[] bigEndian(int value, int length) {
    byte[] whole = ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    return Arrays.copyOfRange(whole, whole.length - length, whole.length);
  }
}
