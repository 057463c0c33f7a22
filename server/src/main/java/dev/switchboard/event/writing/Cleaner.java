package dev.switchboard.event.writing;

import dev.switchboard.event.EventOutbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes from storage what is in the log, beside the writer and in large steps. What it holds is
 * bounded by the writer, which stops when too much was not deleted yet.
 */
final class Cleaner implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Cleaner.class);
  private static final int BATCH = 1_000;

  /** How long ids gather, so that a statement deletes many. */
  private static final Duration GATHERING = Duration.ofMillis(20);

  private final EventOutbox outbox;
  private final Duration retryDelay;
  private final BlockingQueue<Long> ids = new LinkedBlockingQueue<>();
  private final ConcurrentLinkedQueue<Long> deleted = new ConcurrentLinkedQueue<>();

  Cleaner(EventOutbox outbox, Duration retryDelay) {
    this.outbox = outbox;
    this.retryDelay = retryDelay;
  }

  void add(List<Long> told) {
    ids.addAll(told);
  }

  /** What was deleted since this was asked last. */
  List<Long> deleted() {
    List<Long> found = new ArrayList<>();
    for (Long id = deleted.poll(); id != null; id = deleted.poll()) {
      found.add(id);
    }
    return found;
  }

  /** Until it is interrupted. */
  @Override
  public void run() {
    try {
      while (true) {
        delete(gather());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The server ends; what is left is known at the start.
    }
  }

  private List<Long> gather() throws InterruptedException {
    List<Long> batch = new ArrayList<>();
    batch.add(ids.take());
    TimeUnit.NANOSECONDS.sleep(GATHERING.toNanos());
    ids.drainTo(batch, BATCH - 1);
    return batch;
  }

  private void delete(List<Long> batch) throws InterruptedException {
    boolean told = false;
    while (true) {
      try {
        outbox.delete(batch);
        deleted.addAll(batch);
        return;
      } catch (RuntimeException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (!told) {
          LOG.warn("Events that are in the log cannot be deleted from storage; trying again", e);
          told = true;
        }
        TimeUnit.NANOSECONDS.sleep(retryDelay.toNanos());
      }
    }
  }
}
