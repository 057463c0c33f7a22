package dev.switchboard.outbox.dispatch;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.Positioned;
import dev.switchboard.journal.Tail;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.outbox.queue.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the journal on one thread and applies what it says to the queues. It waits for nothing
 * but the journal: no mailbox, no database, no socket. At a start a second thread reads ahead.
 */
public final class Dispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final Journal journal;
  private final Ledger ledger;
  private final List<Follower> followers;
  private final long replayEnd;
  private final CountDownLatch replayed = new CountDownLatch(1);
  private final AtomicReference<Throwable> defect = new AtomicReference<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final Thread thread;
  private volatile boolean closed;
  private long applied;

  /** Begins to replay the journal and goes on to follow it. */
  public Dispatcher(Journal journal, Ledger ledger, List<Follower> followers) {
    this.journal = journal;
    this.ledger = ledger;
    this.followers = List.copyOf(followers);
    this.replayEnd = journal.end();
    this.applied = journal.first() - 1;
    this.thread = Thread.ofPlatform().name("journal dispatcher").daemon().start(this::run);
  }

  /**
   * Waits until everything was applied that the journal held at the start.
   *
   * @throws IllegalStateException when the journal cannot be read
   */
  public void awaitReplayed() throws InterruptedException {
    replayed.await();
    Throwable why = defect.get();
    if (why != null) {
      throw new IllegalStateException("the journal cannot be read", why);
    }
  }

  /** Whether what is appended is heard of; not any more after a defect. */
  public boolean working() {
    return defect.get() == null;
  }

  /**
   * To be asked before something is accepted.
   *
   * @throws GatewayException JOURNAL_UNAVAILABLE when nothing that is appended is heard of
   */
  public void requireWorking() {
    Throwable why = defect.get();
    if (why != null) {
      throw new GatewayException(
          Reason.JOURNAL_UNAVAILABLE,
          "the journal cannot be followed until a restart; see the server's log",
          why);
    }
  }

  /** The position of the entry that was applied last. */
  public long applied() {
    lock.lock();
    try {
      return applied;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the entry at this position was applied; false when that takes too long. */
  public boolean awaitApplied(long position, Duration atMost) throws InterruptedException {
    long nanos = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (applied < position) {
        if (nanos <= 0 || closed || !working()) {
          return false;
        }
        nanos = moved.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try (Tail tail = new ReadAhead(journal, replayEnd)) {
      while (!closed) {
        List<Positioned> batch = tail.next(ReadAhead.BATCH, PATIENCE);
        batch.forEach(this::apply);
        batchApplied(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      fail(e);
    } finally {
      replayed.countDown();
    }
  }

  private void fail(Throwable why) {
    LOG.error(
        "the journal cannot be followed any more: nothing is accepted or sent until a restart",
        why);
    lock.lock();
    try {
      defect.set(why);
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void apply(Positioned positioned) {
    boolean replay = positioned.position() < replayEnd;
    List<MessageId> concerned = ledger.apply(positioned, replay);
    for (Follower follower : followers) {
      follower.applied(positioned.position(), positioned.entry(), concerned, replay);
    }
  }

  private void batchApplied(List<Positioned> batch) {
    if (batch.isEmpty()) {
      replayed.countDown();
      return;
    }
    long last = batch.getLast().position();
    lock.lock();
    try {
      applied = last;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
    if (last + 1 >= replayEnd) {
      replayed.countDown();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(PATIENCE.multipliedBy(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
