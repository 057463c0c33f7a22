package dev.switchboard.store.projection;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.store.contact.ChatsOfBatch.Chat;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One outbound message while a batch is applied: as it was stored, and what becomes of it. */
final class MessageState {
  private final AccountKey account;
  private final MessageId id;
  private final Supplier<MessageContent> content;
  private final Instant occurredAt;
  private final Instant recordedAt;
  private final @Nullable Stored stored;
  private Chat chat;
  private MessageStatus status;
  private @Nullable SendOptions options;
  private int attempts;
  private int requeues;
  private @Nullable Instant sentAt;
  private @Nullable Instant deliveredAt;
  private @Nullable Instant readAt;
  private @Nullable Failure failure;
  private boolean changed;

  /** What the row is found by, and must still say when it is written. */
  record Stored(long sequence, MessageStatus status, Chat chat) {}

  /** How far a message has come. */
  record Progress(
      int attempts,
      int requeues,
      @Nullable Instant sentAt,
      @Nullable Instant deliveredAt,
      @Nullable Instant readAt,
      @Nullable Failure failure) {
    static final Progress NONE = new Progress(0, 0, null, null, null, null);
  }

  /**
   * A message as it is.
   *
   * @param stored its row, or null when it is new
   * @param options null for what was not accepted by this gateway
   */
  MessageState(
      AccountKey account,
      MessageId id,
      Chat chat,
      MessageStatus status,
      Supplier<MessageContent> content,
      Instant occurredAt,
      Instant recordedAt,
      @Nullable SendOptions options,
      Progress progress,
      @Nullable Stored stored) {
    this.account = account;
    this.id = id;
    this.chat = chat;
    this.status = status;
    this.content = content;
    this.occurredAt = occurredAt;
    this.recordedAt = recordedAt;
    this.options = options;
    this.attempts = progress.attempts();
    this.requeues = progress.requeues();
    this.sentAt = progress.sentAt();
    this.deliveredAt = progress.deliveredAt();
    this.readAt = progress.readAt();
    this.failure = progress.failure();
    this.stored = stored;
  }

  AccountKey account() {
    return account;
  }

  MessageId id() {
    return id;
  }

  Chat chat() {
    return chat;
  }

  MessageStatus status() {
    return status;
  }

  /** Whether it is still to be sent. */
  boolean waiting() {
    return status == MessageStatus.ACCEPTED || status == MessageStatus.SENDING;
  }

  @Nullable SendOptions options() {
    return options;
  }

  /** Whether this gateway accepted it. */
  boolean own() {
    return options != null;
  }

  int attempts() {
    return attempts;
  }

  int requeues() {
    return requeues;
  }

  @Nullable Stored stored() {
    return stored;
  }

  /** Whether its row is to be written. */
  boolean changed() {
    return changed;
  }

  /** It was accepted here after all, or for another time; true when that is new. */
  boolean accept(SendOptions as) {
    var other = !as.equals(options);
    changed |= other;
    options = as;
    return other;
  }

  /** The one way back: a failed message gets another chance. */
  void requeued(int count, SendOptions as) {
    status = MessageStatus.ACCEPTED;
    failure = null;
    requeues = count;
    options = as;
    changed = true;
  }

  /** True when it waits, and for another time than before. */
  boolean reschedule(@Nullable Instant notBefore) {
    return options != null && waiting() && accept(options.withNotBefore(notBefore));
  }

  void attempted(int attempt) {
    if (waiting()) {
      changed |= status != MessageStatus.SENDING || attempt > attempts;
      status = MessageStatus.SENDING;
      attempts = Math.max(attempts, attempt);
    }
  }

  /** True when it moved. */
  boolean moveTo(MessageStatus next) {
    var moves = status.mayBecome(next);
    if (moves) {
      status = next;
      changed = true;
    }
    return moves;
  }

  boolean fail(Failure why) {
    var moves = moveTo(MessageStatus.FAILED);
    if (moves) {
      failure = why;
    }
    return moves;
  }

  void moveTo(Chat other) {
    changed |= !other.id().equals(chat.id());
    chat = other;
  }

  void sentAt(Instant at) {
    changed |= sentAt == null;
    sentAt = sentAt == null ? at : sentAt;
  }

  /** What is read was delivered, and what was delivered was sent, whoever told first. */
  boolean progress(MessageStatus next, Instant at) {
    var moves = moveTo(next);
    if (moves) {
      sentAt(at);
      deliveredAt = deliveredAt == null ? at : deliveredAt;
      readAt = next == MessageStatus.DELIVERED || readAt != null ? readAt : at;
    }
    return moves;
  }

  /** As it is now. */
  Message message() {
    return new Message(
        account,
        id,
        chat.peer(),
        Direction.OUTBOUND,
        status,
        content.get(),
        occurredAt,
        recordedAt,
        sentAt,
        deliveredAt,
        readAt,
        failure);
  }

  Progress progress() {
    return new Progress(attempts, requeues, sentAt, deliveredAt, readAt, failure);
  }
}
