package dev.switchboard.event.writing;

import dev.switchboard.event.EventOutbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
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
  private final BlockingQueue<List<Long>> told = new LinkedBlockingQueue<>();
  private final ConcurrentLinkedQueue<Long> deleted = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  Cleaner(EventOutbox outbox, Duration retryDelay) {
    this.outbox = outbox;
    this.retryDelay = retryDelay;
  }

  void add(List<Long> ids) {
    told.add(ids);
  }

  /** What was deleted since this was asked last. */
  List<Long> deleted() {
    List<Long> found = new ArrayList<>();
    for (Long id = deleted.poll(); id != null; id = deleted.poll()) {
      found.add(id);
    }
    return found;
  }

  /**
   * Lets it delete what it was given, unless storage is away, and end. To interrupt it instead
   * would break the connection of its statement.
   */
  void close() {
    closing.countDown();
    told.add(List.of());
  }

  /** Until it is closed or interrupted. What is left then is known at the start. */
  @Override
  public void run() {
    try {
      boolean well = true;
      while (well && !(told.isEmpty() && closing.getCount() == 0)) {
        well = delete(gather());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Storage took too long while the server ends.
    }
  }

  private List<Long> gather() throws InterruptedException {
    List<Long> batch = new ArrayList<>(told.take());
    boolean _ = waited(GATHERING);
    while (batch.size() < BATCH && !told.isEmpty()) {
      batch.addAll(told.take());
    }
    return batch;
  }

  /** Says whether it was done; that it was not only happens at the end. */
  private boolean delete(List<Long> batch) throws InterruptedException {
    boolean troubled = false;
    do {
      try {
        outbox.delete(batch);
        deleted.addAll(batch);
        return true;
      } catch (RuntimeException e) {
        if (!troubled) {
          LOG.warn("Events that are in the log cannot be deleted from storage; trying again", e);
          troubled = true;
        }
      }
    } while (waited(retryDelay));
    return false;
  }

  /** Says whether the time passed without an end. */
  private boolean waited(Duration time) throws InterruptedException {
    return !closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
