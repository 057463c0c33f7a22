package dev.switchboard.outbox;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.journal.JournalEntry.Failed;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.outbox.dispatch.Follower;
import dev.switchboard.outbox.queue.AccountQueue;
import dev.switchboard.outbox.queue.Ledger;
import dev.switchboard.outbox.queue.OpenMessage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fails the messages whose time ran out before they were written, also those of accounts that are
 * not connected. One virtual thread; an entry for each open message that has an end.
 */
public final class Expiries implements Follower, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Expiries.class);
  private static final long LONG_MILLIS = TimeUnit.HOURS.toMillis(1);

  /** With so many, those are let go of whose messages are finished. */
  private static final int FIRST_SWEEP = 1_024;

  private static final long TROUBLE_MILLIS = TimeUnit.SECONDS.toMillis(1);

  /** When to look again at what was in a sender's hands: it may come back unwritten. */
  private static final long AWAY_MILLIS = TimeUnit.SECONDS.toMillis(1);

  private final Journal journal;
  private final Ledger ledger;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Expiry> expiries =
      new PriorityQueue<>(Comparator.comparingLong(Expiry::at));
  private @Nullable Thread thread;
  private int nextSweep = FIRST_SWEEP;

  public Expiries(Journal journal, Ledger ledger, InstantSource clock) {
    this.journal = journal;
    this.ledger = ledger;
    this.clock = clock;
  }

  private record Expiry(long at, AccountKey account, MessageId id) {}

  /** Begins to work, once what was there before the start is known. */
  public void start() {
    thread = Thread.ofVirtual().name("expiries").start(this::run);
  }

  @Override
  public void applied(
      long position, JournalEntry entry, List<MessageId> concerned, boolean replay) {
    if (entry instanceof Accepted accepted) {
      add(accepted);
    } else if (replay && entry instanceof JournalEntry.Carried carried) {
      add(carried.accepted());
    }
  }

  private void add(Accepted accepted) {
    if (accepted.options().expiresAt() == null) {
      return;
    }
    long at = accepted.options().expiresAt().toEpochMilli();
    lock.lock();
    try {
      expiries.add(new Expiry(at, accepted.account(), accepted.id()));
      sweep();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Most messages are finished long before their end: those are not to fill the memory. */
  private void sweep() {
    if (expiries.size() >= nextSweep) {
      expiries.removeIf(expiry -> ledger.of(expiry.account).find(expiry.id) == null);
      nextSweep = Math.max(FIRST_SWEEP, expiries.size() * 2);
    }
  }

  /** How many ends are known. */
  int size() {
    lock.lock();
    try {
      return expiries.size();
    } finally {
      lock.unlock();
    }
  }

  /** When the next end is due; {@link Instant#MAX} when none is known. */
  Instant next() {
    lock.lock();
    try {
      Expiry first = expiries.peek();
      return first == null ? Instant.MAX : Instant.ofEpochMilli(first.at);
    } finally {
      lock.unlock();
    }
  }

  /** Looks at the clock anew. */
  public void lookAgain() {
    lock.lock();
    try {
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (true) {
        expire(awaitDue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Expiry awaitDue() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Expiry first = expiries.peek();
        long wait = first == null ? LONG_MILLIS : first.at - clock.millis();
        if (first != null && wait <= 0) {
          return expiries.remove();
        }
        var _ = changed.await(Math.min(wait, LONG_MILLIS), TimeUnit.MILLISECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  /** One that is in a sender's hands is its sender's: it looks at the time as well. */
  private void expire(Expiry expiry) throws InterruptedException {
    AccountQueue queue = ledger.of(expiry.account);
    OpenMessage message =
        queue.claim(expiry.id, open -> !queue.away(open) && open.expired(clock.millis()));
    if (message == null) {
      lookLater(queue, expiry);
      return;
    }
    Failure failure = new Failure(FailureCause.EXPIRED, "");
    try {
      journal.append(new Failed(expiry.account, expiry.id, failure, clock.instant()));
    } catch (GatewayException e) {
      LOG.warn("{}: an end cannot be noted for now: {}", expiry.account, e.getMessage());
      queue.release(message);
      Thread.sleep(TROUBLE_MILLIS);
      again(expiry);
    }
  }

  /** What was written does not expire any more; what is away may come back without that. */
  private void lookLater(AccountQueue queue, Expiry expiry) {
    OpenMessage open = queue.find(expiry.id);
    if (open != null && open.attempts() == 0) {
      again(new Expiry(clock.millis() + AWAY_MILLIS, expiry.account, expiry.id));
    }
  }

  private void again(Expiry expiry) {
    lock.lock();
    try {
      expiries.add(expiry);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
