package dev.switchboard.outbox.control;

import dev.switchboard.history.DeadLetter;
import dev.switchboard.history.History;
import dev.switchboard.history.MessagePage;
import dev.switchboard.history.MessageQuery;
import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.outbox.Outbox;
import dev.switchboard.outbox.Plans;
import dev.switchboard.outbox.dispatch.Dispatcher;
import dev.switchboard.outbox.queue.AccountQueue;
import dev.switchboard.outbox.queue.Ledger;
import dev.switchboard.outbox.queue.OpenMessage;
import dev.switchboard.outbox.queue.QueueView;
import dev.switchboard.outbox.sender.Senders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What callers may do with messages that wait, and with an account's queue as a whole. */
public final class QueueControl {
  private static final Duration APPLY_LIMIT = Duration.ofSeconds(10);

  private final Journal journal;
  private final Ledger ledger;
  private final Dispatcher dispatcher;
  private final Senders senders;
  private final Outbox outbox;
  private final History history;
  private final InstantSource clock;
  private final Clearing clearing;

  public QueueControl(
      Journal journal,
      Ledger ledger,
      Dispatcher dispatcher,
      Senders senders,
      Outbox outbox,
      History history,
      InstantSource clock) {
    this.journal = journal;
    this.ledger = ledger;
    this.dispatcher = dispatcher;
    this.senders = senders;
    this.outbox = outbox;
    this.history = history;
    this.clock = clock;
    this.clearing = new Clearing(journal, clock);
  }

  /** Waits until the queues show what was appended so far: an accepted message may be cancelled. */
  public void catchUp() throws InterruptedException {
    var _ = dispatcher.awaitApplied(journal.end() - 1, APPLY_LIMIT);
  }

  /** The open messages in order of acceptance, after the given one. */
  public List<QueuedMessage> list(AccountKey account, long after, int limit) {
    List<QueuedMessage> page = new ArrayList<>(limit);
    for (QueueView.Item item : QueueView.page(ledger.of(account), after, limit)) {
      journal
          .read(item.position())
          .map(QueueControl::accepted)
          .ifPresent(accepted -> page.add(queued(accepted, item)));
    }
    return page;
  }

  private static QueuedMessage queued(Accepted accepted, QueueView.Item item) {
    Instant notBefore = item.notBefore() == 0 ? null : Instant.ofEpochMilli(item.notBefore());
    MessageStatus status = item.attempts() > 0 ? MessageStatus.SENDING : MessageStatus.ACCEPTED;
    return new QueuedMessage(
        Outbox.message(accepted, status),
        accepted.options().withNotBefore(notBefore),
        item.attempts(),
        item.order());
  }

  /** How the account's queue is doing. */
  public QueueStatistics statistics(AccountKey account) {
    AccountQueue queue = ledger.of(account);
    QueueView.Counts counts = QueueView.count(queue);
    Instant oldest =
        counts.oldest() == 0
            ? null
            : journal.read(counts.oldest()).map(entry -> accepted(entry).at()).orElse(null);
    return new QueueStatistics(
        counts.waiting(),
        counts.scheduled(),
        counts.sending(),
        counts.heldChats(),
        queue.paused(),
        senders.connected(account),
        oldest);
  }

  /** Stops the queue: what is on its way is settled, nothing else leaves, over restarts too. */
  public void pause(AccountKey account) throws InterruptedException {
    AccountQueue queue = ledger.of(account);
    queue.changeAlone(
        () -> queue.paused() || apply(new JournalEntry.Paused(account, clock.instant())));
  }

  /** Lets the queue go on. */
  public void resume(AccountKey account) throws InterruptedException {
    AccountQueue queue = ledger.of(account);
    queue.changeAlone(
        () -> !queue.paused() || apply(new JournalEntry.Resumed(account, clock.instant())));
  }

  /**
   * Takes a message back that was not written to the network yet.
   *
   * @return the message, in status CANCELLED
   * @throws GatewayException MESSAGE_NOT_FOUND, MESSAGE_NOT_WAITING
   */
  public Message cancel(AccountKey account, MessageId id) throws InterruptedException {
    AccountQueue queue = ledger.of(account);
    OpenMessage message = claim(queue, id);
    Accepted accepted = readClaimed(queue, message);
    append(queue, message, new JournalEntry.Cancelled(account, id, clock.instant()));
    return Outbox.message(accepted, MessageStatus.CANCELLED);
  }

  /**
   * Has a message that waits go at another time.
   *
   * @param notBefore the earliest time, or null for as soon as pacing allows
   * @throws GatewayException MESSAGE_NOT_FOUND, MESSAGE_NOT_WAITING; INVALID_FIELD when it expires
   *     before that
   */
  public QueuedMessage reschedule(AccountKey account, MessageId id, @Nullable Instant notBefore)
      throws InterruptedException {
    Plans.requireSoon(notBefore, clock.instant());
    AccountQueue queue = ledger.of(account);
    OpenMessage message = claim(queue, id);
    Accepted accepted = readClaimed(queue, message);
    SendOptions options = checked(queue, message, accepted, notBefore);
    append(queue, message, new JournalEntry.Rescheduled(account, id, notBefore, clock.instant()));
    return new QueuedMessage(
        Outbox.message(accepted, MessageStatus.ACCEPTED), options, 0, message.order());
  }

  private static SendOptions checked(
      AccountQueue queue, OpenMessage message, Accepted accepted, @Nullable Instant notBefore) {
    try {
      return accepted.options().withNotBefore(notBefore);
    } catch (GatewayException e) {
      queue.release(message);
      throw e;
    }
  }

  /**
   * Takes back every message that was not written to the network yet.
   *
   * @return how many
   */
  public int clear(AccountKey account) throws InterruptedException {
    catchUp();
    int cleared = clearing.clear(ledger.of(account));
    catchUp();
    return cleared;
  }

  /** Messages that failed and were not given another chance, the newest first. */
  public MessagePage deadLetters(AccountKey account, @Nullable Long before, int limit)
      throws InterruptedException {
    outbox.awaitStored();
    return history.list(
        new MessageQuery(account, null, Direction.OUTBOUND, MessageStatus.FAILED, before, limit));
  }

  /**
   * Gives a message that failed another chance, under the same id: where a copy did arrive, the
   * recipient takes it once.
   *
   * @return the message, in status ACCEPTED
   * @throws GatewayException MESSAGE_NOT_FOUND, MESSAGE_NOT_FAILED, QUEUE_FULL, JOURNAL_UNAVAILABLE
   */
  public Message requeue(AccountKey account, MessageId id) throws InterruptedException {
    outbox.awaitStored(); // Here too: what cannot be looked up is not to hold up other changes.
    AccountQueue queue = ledger.of(account);
    return queue.changeAlone(() -> {
      catchUp();
      outbox.awaitStored(); // Somebody may have given it another chance since.
      DeadLetter dead =
          history
              .deadLetter(account, id)
              .filter(_ -> queue.find(id) == null)
              .orElseThrow(() -> notFailed(account, id));
      return outbox.again(dead, dispatcher, APPLY_LIMIT);
    });
  }

  private GatewayException notFailed(AccountKey account, MessageId id) {
    boolean known =
        history.find(account, id).filter(it -> it.direction() == Direction.OUTBOUND).isPresent();
    return known
        ? new GatewayException(Reason.MESSAGE_NOT_FAILED, "the message has not failed")
        : notFound();
  }

  private OpenMessage claim(AccountQueue queue, MessageId id) throws InterruptedException {
    catchUp();
    OpenMessage message = queue.claim(id, open -> notWritten(queue, open));
    if (message == null) {
      outbox.awaitStored();
      throw queue.find(id) == null && history.find(queue.account(), id).isEmpty()
          ? notFound()
          : new GatewayException(
              Reason.MESSAGE_NOT_WAITING, "the message was written to the network, or is finished");
    }
    return message;
  }

  static boolean notWritten(AccountQueue queue, OpenMessage message) {
    return message.attempts() == 0 && !queue.away(message);
  }

  private Accepted readClaimed(AccountQueue queue, OpenMessage message) {
    try {
      return journal.read(message.position()).map(QueueControl::accepted).orElseThrow();
    } catch (RuntimeException e) {
      queue.release(message);
      throw e;
    }
  }

  private void append(AccountQueue queue, OpenMessage message, JournalEntry entry)
      throws InterruptedException {
    boolean appended = false;
    try {
      long position = journal.append(entry);
      appended = true;
      var _ = dispatcher.awaitApplied(position, APPLY_LIMIT);
    } finally {
      if (!appended) {
        queue.release(message);
      }
    }
  }

  private boolean apply(JournalEntry entry) throws InterruptedException {
    return dispatcher.awaitApplied(journal.append(entry), APPLY_LIMIT);
  }

  private static Accepted accepted(JournalEntry entry) {
    return entry instanceof JournalEntry.Carried carried ? carried.accepted() : (Accepted) entry;
  }

  private static GatewayException notFound() {
    return new GatewayException(
        Reason.MESSAGE_NOT_FOUND, "the instance has no outbound message of this id");
  }
}
