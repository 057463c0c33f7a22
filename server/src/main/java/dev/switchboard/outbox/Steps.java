package dev.switchboard.outbox;

import dev.switchboard.connector.Receipt;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What becomes of a message by what the journal says. */
public final class Steps {
  private Steps() {}

  /** The message after the entry; the same one when that does not move it. */
  public static Message after(Message message, JournalEntry entry) {
    return switch (entry) {
      case JournalEntry.Attempted _ -> moved(message, MessageStatus.SENDING, null, null);
      case JournalEntry.Sent it -> sent(message, it);
      case JournalEntry.Failed it -> moved(message, MessageStatus.FAILED, null, it.failure());
      case JournalEntry.Unlinked it ->
          moved(message, MessageStatus.FAILED, null, unsent(message, it.failure()));
      case JournalEntry.Cancelled _ -> moved(message, MessageStatus.CANCELLED, null, null);
      case JournalEntry.Progressed it -> progressed(message, it.receipt());
      case JournalEntry.Accepted _,
          JournalEntry.Rescheduled _,
          JournalEntry.Paused _,
          JournalEntry.Resumed _,
          JournalEntry.Linked _,
          JournalEntry.Forgotten _,
          JournalEntry.Carried _,
          JournalEntry.AccountCarried _ ->
          message;
    };
  }

  /** Why a message failed that was open to the end; a copy of what was written may have arrived. */
  private static Failure unsent(Message message, Failure why) {
    return message.status() == MessageStatus.SENDING ? why.afterAttempts() : why;
  }

  private static Message sent(Message message, JournalEntry.Sent it) {
    Message moved = moved(message, MessageStatus.SENT, null, null);
    return with(moved, it.to(), moved.sentAt() == null ? it.at() : moved.sentAt());
  }

  private static Message progressed(Message message, Receipt receipt) {
    return moved(message, receipt.status(), receipt.at(), null);
  }

  private static Message moved(
      Message message, MessageStatus status, @Nullable Instant at, @Nullable Failure failure) {
    if (!message.status().mayBecome(status)) {
      return message;
    }
    boolean read = status == MessageStatus.READ || status == MessageStatus.PLAYED;
    boolean arrived = read || status == MessageStatus.DELIVERED;
    return new Message(
        message.account(),
        message.id(),
        message.chat(),
        message.direction(),
        status,
        message.content(),
        message.occurredAt(),
        message.recordedAt(),
        message.sentAt(),
        arrived && message.deliveredAt() == null ? at : message.deliveredAt(),
        read && message.readAt() == null ? at : message.readAt(),
        failure);
  }

  private static Message with(Message message, Peer chat, @Nullable Instant sentAt) {
    return new Message(
        message.account(),
        message.id(),
        chat,
        message.direction(),
        message.status(),
        message.content(),
        message.occurredAt(),
        message.recordedAt(),
        sentAt,
        message.deliveredAt(),
        message.readAt(),
        message.failure());
  }
}
