package dev.switchboard.model.message;

import dev.switchboard.model.GatewayException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a message is to be sent.
 *
 * @param notBefore the earliest time to send it, or null for as soon as pacing allows
 * @param expiresAt when it fails if it was not sent by then, or null for never
 * @param typing whether to show the recipient that the account is typing before a text
 * @param bulk the bulk that it belongs to, or null
 */
public record SendOptions(
    Priority priority,
    @Nullable Instant notBefore,
    @Nullable Instant expiresAt,
    boolean typing,
    @Nullable String bulk) {
  /** As soon as pacing allows, among equals in order. */
  public static final SendOptions DEFAULT =
      new SendOptions(Priority.NORMAL, null, null, false, null);

  public SendOptions {
    if (notBefore != null && expiresAt != null && !expiresAt.isAfter(notBefore)) {
      throw GatewayException.invalidField("expire_time", "must be after the time to send");
    }
  }

  /** How many characters are to be seen typed before it goes; 0: none. */
  public int toBeTyped(MessageContent content) {
    return typing && content instanceof MessageContent.Text(String body)
        ? body.codePointCount(0, body.length())
        : 0;
  }

  /** The same for another time. */
  public SendOptions withNotBefore(@Nullable Instant time) {
    return new SendOptions(priority, time, expiresAt, typing, bulk);
  }
}
