package dev.switchboard.whatsapp.retry;

import dev.switchboard.whatsapp.session.Numbers;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A device's request for a message that it could not read.
 *
 * @param from the device
 * @param recipient the chat, when an own device asks
 * @param count the how manieth request it is, as the device says
 * @param time the time of the message, as the device was told
 * @param registration the number of the device's installation
 * @param bundle keys for a new session, in the form in which the server gives them; unverified
 */
record RetryReceipt(
    Jid from,
    Optional<Jid> recipient,
    String id,
    int count,
    Optional<String> time,
    OptionalInt registration,
    Optional<Node> bundle) {
  private static final int MOST_DIGITS = 3;
  private static final int LONGEST_TIME = 12;

  /**
   * Reads it.
   *
   * @throws WireException when it is none
   */
  static RetryReceipt read(Node receipt) {
    Node retry = receipt.requiredChild("retry");
    String id = retry.attribute("id").orElseGet(() -> receipt.requiredAttribute("id"));
    return new RetryReceipt(
        receipt.jid("from").orElseThrow(() -> new WireException("a receipt from nobody")),
        receipt.jid("recipient"),
        id,
        count(retry),
        retry.attribute("t").filter(time -> isNumber(time, LONGEST_TIME)),
        registration(receipt),
        receipt.child("keys").map(keys -> bundle(receipt, keys)));
  }

  private static int count(Node retry) {
    boolean readable =
        retry.attribute("count").filter(count -> isNumber(count, MOST_DIGITS)).isPresent();
    return readable ? Math.max(1, Numbers.of(retry, "count", 1)) : 1;
  }

  private static OptionalInt registration(Node receipt) {
    byte[] bytes = receipt.child("registration").map(Node::bytes).orElse(new byte[0]);
    if (bytes.length != Integer.BYTES) {
      return OptionalInt.empty();
    }
    int value = 0;
    for (byte each : bytes) {
      value = value << Byte.SIZE | Byte.toUnsignedInt(each);
    }
    return OptionalInt.of(value);
  }

  private static Node bundle(Node receipt, Node keys) {
    List<Node> parts = new ArrayList<>(receipt.children("registration"));
    parts.addAll(keys.children());
    return Node.of("user", parts);
  }

  private static boolean isNumber(String text, int longest) {
    return !text.isEmpty()
        && text.length() <= longest
        && text.chars().allMatch(each -> each >= '0' && each <= '9');
  }
}
