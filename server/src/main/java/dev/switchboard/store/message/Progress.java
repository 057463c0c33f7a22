package dev.switchboard.store.message;

import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a message looks after it moved; a move backwards changes nothing. */
final class Progress {
  private Progress() {}

  /** The message in the new status, with the time of it and of what it implies. */
  static Message to(Message message, MessageStatus status, Instant at) {
    return message.status().mayBecome(status)
        ? with(
            message,
            status,
            firstOf(message.sentAt(), at),
            reached(status, MessageStatus.DELIVERED)
                ? firstOf(message.deliveredAt(), at)
                : message.deliveredAt(),
            reached(status, MessageStatus.READ) ? firstOf(message.readAt(), at) : message.readAt(),
            null)
        : message;
  }

  static Message failed(Message message, Failure failure) {
    return message.status().mayBecome(MessageStatus.FAILED)
        ? with(
            message,
            MessageStatus.FAILED,
            message.sentAt(),
            message.deliveredAt(),
            message.readAt(),
            failure)
        : message;
  }

  private static boolean reached(MessageStatus status, MessageStatus step) {
    return status == step || step.mayBecome(status);
  }

  private static Instant firstOf(@Nullable Instant known, Instant at) {
    return known == null ? at : known;
  }

  private static Message with(
      Message message,
      MessageStatus status,
      @Nullable Instant sentAt,
      @Nullable Instant deliveredAt,
      @Nullable Instant readAt,
      @Nullable Failure failure) {
    return new Message(
        message.account(),
        message.id(),
        message.chat(),
        message.direction(),
        status,
        message.content(),
        message.occurredAt(),
        message.recordedAt(),
        sentAt,
        deliveredAt,
        readAt,
        failure);
  }
}
