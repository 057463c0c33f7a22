package dev.switchboard.model.message;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of an account's history.
 *
 * @param chat the person the chat is with
 * @param occurredAt when it was written, as its author's side tells
 * @param recordedAt when the gateway stored it
 * @param sentAt when the network acknowledged it, or null
 * @param deliveredAt when the first receipt of a device came, or null
 * @param readAt when it was first read, or null
 * @param failure why it failed; set exactly when the status is FAILED
 */
public record Message(
    AccountKey account,
    MessageId id,
    Peer chat,
    Direction direction,
    MessageStatus status,
    MessageContent content,
    Instant occurredAt,
    Instant recordedAt,
    @Nullable Instant sentAt,
    @Nullable Instant deliveredAt,
    @Nullable Instant readAt,
    @Nullable Failure failure) {

  /** The same message, saying something else. */
  public Message withContent(MessageContent other) {
    return new Message(
        account,
        id,
        chat,
        direction,
        status,
        other,
        occurredAt,
        recordedAt,
        sentAt,
        deliveredAt,
        readAt,
        failure);
  }
}
