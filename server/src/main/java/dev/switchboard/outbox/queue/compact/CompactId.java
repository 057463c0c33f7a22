package dev.switchboard.outbox.queue.compact;

import dev.switchboard.model.message.MessageId;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A message id in a few bytes. Ids that this gateway chooses are {@code 3EB0} and 18 upper-case hex
 * digits: nine bytes. Others are kept as they are.
 *
 * @param head the first eight bytes; for another id a hash of it
 * @param other an id of another shape, or null
 */
public record CompactId(long head, byte last, @Nullable MessageId other) {
  private static final String PREFIX = "3EB0";
  private static final int LENGTH = 22;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  public static CompactId of(MessageId id) {
    String text = id.value();
    return isOwn(text)
        ? new CompactId(
            HexFormat.fromHexDigitsToLong(text, PREFIX.length(), LENGTH - 2),
            (byte) HexFormat.fromHexDigits(text, LENGTH - 2, LENGTH),
            null)
        : new CompactId(Hashes.of(text), (byte) 0, id);
  }

  /** The id of this gateway that these bytes stand for. */
  public static MessageId spell(long head, byte last) {
    return new MessageId(PREFIX + HEX.toHexDigits(head) + HEX.toHexDigits(last));
  }

  private static boolean isOwn(String text) {
    if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
      return false;
    }
    for (int i = PREFIX.length(); i < LENGTH; i++) {
      char digit = text.charAt(i);
      if (!(digit >= '0' && digit <= '9') && !(digit >= 'A' && digit <= 'F')) {
        return false;
      }
    }
    return true;
  }
}
