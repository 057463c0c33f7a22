package dev.switchboard.sandbox.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.account.Jids;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.whatsapp.crypto.Sha256;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The tokens that accounts gave each other: each holds at most one of every other. */
public final class Tokens {
  private static final String TRUSTED_CONTACT = "trusted_contact";
  private static final int MOST_AT_ONCE = 100;
  private static final int ID_BYTES = 8;

  private Tokens() {}

  /** The account of the giver asks to hand tokens to others; unknown people are passed over. */
  public static void give(Change change, AccountRecord giver, Node tokens) {
    List<Node> each = tokens.children("token");
    each.stream()
        .limit(MOST_AT_ONCE)
        .filter(token -> token.has("type", TRUSTED_CONTACT))
        .flatMap(token -> token.jid("jid").stream())
        .flatMap(jid -> change.state().accounts().find(jid).stream())
        .forEach(holder -> give(change, giver, holder));
  }

  /** The giver's devices may say so again and again: the newest token counts. */
  static void give(Change change, AccountRecord giver, AccountRecord holder) {
    String key = key(giver.getPhoneNumber(), holder.getPhoneNumber());
    String seconds = change.state().seconds();
    // Nothing here is worth guarding: a token only has to be another one each time.
    byte[] token = Sha256.hash((key + "/" + seconds).getBytes(UTF_8));
    change.state().store().privacyTokens().put(key, BytesValue.of(ByteString.copyFrom(token)));
    Node notice = notice(change, giver, holder, seconds, token);
    change.state().devices().of(holder.getPhoneNumber()).stream()
        .map(device -> new DeviceAddress(holder.getPhoneNumber(), device.getId()))
        .forEach(device -> change.queue(device, notice));
  }

  /** The token that the giver gave the holder last. */
  public static Optional<ByteString> given(Change change, String giver, String holder) {
    return change
        .state()
        .store()
        .privacyTokens()
        .find(key(giver, holder))
        .map(BytesValue::getValue);
  }

  static boolean isGood(Change change, String giver, String holder, byte[] token) {
    return given(change, giver, holder).filter(ByteString.copyFrom(token)::equals).isPresent();
  }

  private static Node notice(
      Change change, AccountRecord giver, AccountRecord holder, String seconds, byte[] token) {
    Jid from = Jids.byNumber(giver, 0);
    Node each =
        Node.builder("token")
            .attribute("jid", Jids.byNumber(holder, 0))
            .attribute("t", seconds)
            .attribute("type", TRUSTED_CONTACT)
            .bytes(token)
            .build();
    return Node.builder("notification")
        .attribute("id", HexFormat.of().formatHex(Arrays.copyOf(token, ID_BYTES)))
        .attribute("from", from)
        .attribute("type", "privacy_token")
        .attribute("sender_lid", Jids.hidden(giver, 0))
        .attribute("t", change.state().seconds())
        .child(Node.of("tokens", each))
        .build();
  }

  private static String key(String giver, String holder) {
    return giver + "/" + holder;
  }
}
