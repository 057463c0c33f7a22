package dev.switchboard.outbox;

import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.Receipt;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.history.History;
import dev.switchboard.history.Written;
import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.journal.JournalEntry.Attempted;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.outbox.dispatch.Dispatcher;
import dev.switchboard.outbox.queue.AccountQueue;
import dev.switchboard.outbox.queue.Carriage;
import dev.switchboard.outbox.queue.Ledger;
import dev.switchboard.outbox.queue.OpenMessage;
import dev.switchboard.outbox.sender.Senders;
import dev.switchboard.pacing.Familiarity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an account's engine, on the account's own thread, tells of messages that leave. */
public final class Departures {
  private static final Duration APPLY_LIMIT = Duration.ofSeconds(10);

  private final Journal journal;
  private final Ledger ledger;
  private final Dispatcher dispatcher;
  private final Senders senders;
  private final AttemptLog attempts;
  private final Backlog backlog;
  private final History history;
  private final InstantSource clock;

  public Departures(
      Journal journal,
      Ledger ledger,
      Dispatcher dispatcher,
      Senders senders,
      AttemptLog attempts,
      Backlog backlog,
      History history,
      InstantSource clock) {
    this.journal = journal;
    this.ledger = ledger;
    this.dispatcher = dispatcher;
    this.senders = senders;
    this.attempts = attempts;
    this.backlog = backlog;
    this.history = history;
    this.clock = clock;
  }

  /** Appends attempts, and keeps their records for whoever reads before storage has them. */
  @FunctionalInterface
  public interface AttemptLog {
    /** Returns when the attempt is durable; its records are the newest then. */
    void append(Attempted attempt) throws InterruptedException;
  }

  /**
   * Makes durable that the message is about to be written, with the ratchets that were advanced.
   *
   * @throws GatewayException MESSAGE_NOT_FOUND when it is finished; MESSAGE_NOT_WAITING when it
   *     expired; JOURNAL_UNAVAILABLE
   */
  public void attempted(AccountKey account, MessageId id, List<RecordChange> changes)
      throws InterruptedException {
    AccountQueue queue = ledger.of(account);
    OpenMessage message = queue.find(id);
    if (message == null) {
      throw new GatewayException(Reason.MESSAGE_NOT_FOUND, "there is no such message any more");
    }
    if (message.expired(clock.millis())) { // An engine may ask the network for long before this.
      throw new GatewayException(Reason.MESSAGE_NOT_WAITING, "it expired before it was written");
    }
    Attempted attempt =
        new Attempted(
            account,
            id,
            message.attempts() + 1,
            queue.familiarity(message) == Familiarity.NEW,
            clock.instant(),
            changes);
    Carriage.attemptAlone(
        queue,
        () -> {
          attempts.append(attempt);
          queue.attempted(attempt);
          return attempt;
        });
  }

  /**
   * A message that this gateway wrote at least once, if it was to this chat. One that was finished
   * just now may be on its way to storage.
   */
  public Optional<OutboundMessage> written(AccountKey account, Peer chat, MessageId id)
      throws InterruptedException {
    OpenMessage open = ledger.of(account).find(id);
    if (open == null) {
      backlog.awaitStored(journal.end());
      return history.written(account, chat, id).map(Departures::outbound);
    }
    int attempts = open.attempts();
    return journal
        .read(open.position())
        .map(Departures::accepted)
        .filter(found -> attempts > 0 && found.to().mayBe(chat))
        .map(found ->
            new OutboundMessage(found.id(), found.to(), found.content(), found.at(), attempts));
  }

  private static OutboundMessage outbound(Written written) {
    Message message = written.message();
    return new OutboundMessage(
        message.id(), message.chat(), message.content(), message.occurredAt(), written.attempts());
  }

  private static Accepted accepted(JournalEntry entry) {
    return entry instanceof JournalEntry.Carried carried ? carried.accepted() : (Accepted) entry;
  }

  /** Makes durable what the other side said of messages, before the network learns that we know. */
  public void receipt(AccountKey account, Receipt receipt) throws InterruptedException {
    AccountQueue queue = ledger.of(account);
    List<OpenMessage> finished =
        Carriage.claimWritten(queue, receipt.ids()); // Nobody carries them any more.
    boolean appended = false;
    try {
      journal.append(new JournalEntry.Progressed(account, receipt));
      appended = true;
    } finally {
      if (!appended) {
        finished.forEach(queue::release);
      }
    }
  }

  /** These names are one person's. */
  public void merged(AccountKey account, List<Peer> people) {
    ledger.known(account).ifPresent(queue -> people.forEach(queue::learn));
  }

  /** That person wrote, which is stored by now: what was held back from a stranger may go. */
  public void heard(AccountKey account, Peer from) {
    ledger.known(account).ifPresent(queue -> queue.heard(from));
  }

  /** The account was linked: messages for it are taken from here on. */
  public void linked(AccountKey account) throws InterruptedException {
    apply(new JournalEntry.Linked(account, clock.instant()));
  }

  /** The account was unlinked: what still waits will not be sent. */
  public void unlinked(AccountKey account, Failure failure) throws InterruptedException {
    senders.settle(account);
    apply(new JournalEntry.Unlinked(account, failure, clock.instant()));
  }

  /** The instance is about to be deleted: nothing of it is on its way into storage after this. */
  public void forget(AccountKey account) throws InterruptedException {
    senders.settle(account);
    backlog.awaitStored(apply(new JournalEntry.Forgotten(account)) + 1);
  }

  private long apply(JournalEntry entry) throws InterruptedException {
    return ledger
        .of(entry.account())
        .changeAlone(() -> {
          long position = journal.append(entry);
          var _ = dispatcher.awaitApplied(position, APPLY_LIMIT);
          return position;
        });
  }

  /** Whether the account takes messages; null: it does. */
  public @Nullable Failure unlinked(AccountKey account) {
    return ledger.of(account).unlinked();
  }
}
