package dev.switchboard.outbox.queue;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.pacing.Familiarity;
import dev.switchboard.pacing.PacingHistory;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One account's open messages. What the journal says is applied by the one that follows it; the
 * account's sender takes messages and brings them back. Nothing here waits for a disk or a network,
 * and what is durable never changes here alone.
 */
public final class AccountQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock changes = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Condition unclaimed = lock.newCondition();
  private final AccountKey account;
  private final QueueState state;
  private final OpenMessages messages;

  /** Counts the occasions for the sender to look again: each look costs a change of threads. */
  private long version;

  /** The sender waits until none of its messages is boarding. */
  private boolean boardingAwaited;

  AccountQueue(AccountKey account, RandomGenerator random) {
    this.account = account;
    this.state = new QueueState(random);
    this.messages = state.messages();
  }

  public AccountKey account() {
    return account;
  }

  /** Keeps a place for a message that is about to be appended; false when there is none left. */
  public boolean reserve(int limit) {
    return locked(() -> state.reserve(limit));
  }

  /** Gives back a place for a message that could not be appended. */
  public void giveBack() {
    run(state::giveBack);
  }

  /**
   * Claims a message for whoever is about to append what changes it: until that is applied, or
   * given up by {@link #release}, it is neither sent nor changed by others.
   *
   * @return null when it is not open, or not as it has to be
   */
  public @Nullable OpenMessage claim(MessageId id, Predicate<OpenMessage> as)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      OpenMessage message = messages.find(id);
      while (message != null && message.claimed()) {
        unclaimed.await();
        message = messages.find(id);
      }
      if (message == null || !as.test(message)) {
        return null;
      }
      message.claimed(true);
      return message;
    } finally {
      lock.unlock();
    }
  }

  /** What the message was claimed for did not happen. */
  public void release(OpenMessage message) {
    run(() -> {
      messages.unclaimed(message);
      unclaimed.signalAll();
    });
  }

  /** The open message of this id, or null. */
  public @Nullable OpenMessage find(MessageId id) {
    return locked(() -> messages.find(id));
  }

  // The account's sender.

  /** What a sender finds. */
  public sealed interface Next {
    /**
     * This message is to go next; it is still in its place.
     *
     * @param seen what to hand to {@link #awaitNews}
     * @param nextDue when another one may be next, though nothing else happens
     */
    record Message(OpenMessage message, long seen, long nextDue) implements Next {}

    /**
     * There is nothing to send now.
     *
     * @param until when there may be, in milliseconds; {@link Long#MAX_VALUE}: when there is news
     * @param seen what to hand to {@link #awaitNews}
     */
    record Nothing(long until, long seen) implements Next {}
  }

  /** Looks for the message to send next. */
  public Next next(long now) {
    return locked(() -> {
      if (state.stopped()) {
        return new Next.Nothing(Long.MAX_VALUE, version);
      }
      OpenMessage message = messages.next(now);
      return message == null
          ? new Next.Nothing(messages.nextDue(), version)
          : new Next.Message(message, version, messages.nextDue());
    });
  }

  /** Takes the message that {@link #next} found; false when that is another one by now. */
  public boolean take(OpenMessage message, long now) {
    return locked(() -> !state.stopped() && messages.take(message, now));
  }

  /** It comes back: its chat rests until then, having failed once more or not. */
  public void rest(OpenMessage message, long until, boolean failed) {
    run(() -> messages.rest(message, until, failed));
  }

  /** Its chat is passed over until then, or until {@link #letGo}; {@code MAX_VALUE}: until that. */
  public void hold(OpenMessage message, long until) {
    run(() -> messages.hold(message, until));
  }

  /** It is seen typed until then, once, and stays in its place. */
  public void type(OpenMessage message, long until) {
    run(() -> messages.type(message, until));
  }

  /** Chats that were held are looked at again. */
  public void letGo() {
    run(messages::letGo);
  }

  /** How well the account knows the recipient; null: nobody asked yet. */
  public @Nullable Familiarity familiarity(OpenMessage message) {
    return locked(() -> message.lane().familiarity());
  }

  /** The same, learnt from storage; what became known meanwhile is newer. */
  public Familiarity familiarity(OpenMessage message, Familiarity stored) {
    return locked(() -> message.lane().familiarityOr(stored));
  }

  /** A copy of it may have arrived. */
  public void doubt(OpenMessage message) {
    run(message::doubt);
  }

  /** Whether a sender holds it and nobody finished it meanwhile. */
  public boolean away(OpenMessage message) {
    return locked(message::away);
  }

  /** Whether any is in the sender's hands and not written yet; once none is, that is news. */
  public boolean boarding() {
    return locked(() -> boardingAwaited = messages.boarding() > 0);
  }

  /** Waits for news since the look that told {@code seen}, or for so long. */
  public void awaitNews(long seen, long atMostMillis) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(atMostMillis);
      while (version == seen && nanos > 0) {
        nanos = news.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Has the sender look again. */
  public void wake() {
    run(() -> tellSender(true));
  }

  /** What was sent lately, for pacing. */
  public PacingHistory pacing(Instant now) {
    return locked(() -> {
      state.trimPacing(now);
      return state.pacing();
    });
  }

  /** The message is about to be written: said here at once, and by the journal once more. */
  public void attempted(JournalEntry.Attempted attempt) {
    run(() -> state.countAttempt(attempt, false));
  }

  /** These names are one person's: what waits for them is one chat. */
  public void learn(Peer person) {
    run(() -> messages.learn(person));
  }

  /** The person wrote to the account: to that one it is no stranger. */
  public void heard(Peer from) {
    run(() -> messages.heard(from));
  }

  /** Why the account takes no messages, or null. */
  public @Nullable Failure unlinked() {
    return locked(state::unlinked);
  }

  public boolean paused() {
    return locked(state::paused);
  }

  // The one that follows the journal.

  /**
   * Applies what the journal says.
   *
   * @param replay whether it is read again after a start: then not all that it speaks of is known
   * @return the messages that it tells more of
   */
  List<MessageId> apply(long position, JournalEntry entry, boolean replay) {
    return locked(() -> {
      boolean stopped = state.stopped();
      List<MessageId> concerned = state.apply(position, entry, replay);
      tellSender(stopped && !state.stopped());
      unclaimed.signalAll();
      return concerned;
    });
  }

  /** Looks at the state, or changes it, with nobody else at it. */
  <T> T inside(Function<QueueState, T> work) {
    return locked(() -> work.apply(state));
  }

  /** What changes the account as a whole. */
  public interface Change<T> {
    T run() throws InterruptedException;
  }

  /** Does one change of the account as a whole after the other: they end up in that order. */
  public <T> T changeAlone(Change<T> change) throws InterruptedException {
    changes.lockInterruptibly();
    try {
      return change.run();
    } finally {
      changes.unlock();
    }
  }

  /** Only where there may be something for it. */
  private void tellSender(boolean anyway) {
    if (anyway || messages.changed() || (boardingAwaited && messages.boarding() == 0)) {
      boardingAwaited = false;
      version++;
      news.signal();
    }
  }

  private void run(Runnable change) {
    boolean _ =
        locked(() -> {
          change.run();
          tellSender(false);
          return true;
        });
  }

  private <T extends @Nullable Object> T locked(Supplier<T> look) {
    lock.lock();
    try {
      return look.get();
    } finally {
      lock.unlock();
    }
  }
}
