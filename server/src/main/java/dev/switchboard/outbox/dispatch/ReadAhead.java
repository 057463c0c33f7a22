package dev.switchboard.outbox.dispatch;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.Positioned;
import dev.switchboard.journal.Tail;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A journal from its beginning on. What it holds already is read and decrypted on a thread of its
 * own, a few batches ahead of whoever applies it, so that a start takes half the time; what follows
 * is read by whoever asks.
 */
final class ReadAhead implements Tail {
  /** Entries that are read at a time. */
  static final int BATCH = 1_000;

  private static final int BATCHES_AHEAD = 4;
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final Journal journal;
  private final long end;
  private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(BATCHES_AHEAD);
  private final Thread thread;
  private long next;
  private @Nullable Tail rest;

  /** What was read; nothing: that was all. */
  private record Batch(List<Positioned> entries, @Nullable Throwable failure) {}

  /**
   * Begins to read.
   *
   * @param end where the journal ended at the start
   */
  ReadAhead(Journal journal, long end) {
    this.journal = journal;
    this.end = end;
    this.next = journal.first();
    this.thread = Thread.ofPlatform().name("journal replay").daemon().start(this::read);
  }

  @Override
  public List<Positioned> next(int most, Duration atMost) throws InterruptedException {
    Tail following = rest;
    if (following != null) {
      return following.next(most, atMost);
    }
    Batch batch = batches.take();
    if (batch.failure() != null) {
      throw new IllegalStateException("the journal cannot be replayed", batch.failure());
    }
    if (batch.entries().isEmpty()) {
      rest = journal.tail(next);
    } else {
      next = batch.entries().getLast().position() + 1;
    }
    return batch.entries();
  }

  private void read() {
    try {
      batches.put(new Batch(List.of(), readAll()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Closed: nobody asks any more.
    }
  }

  private @Nullable Throwable readAll() throws InterruptedException {
    try (Tail tail = journal.tail(journal.first())) {
      long read = journal.first();
      while (read < end) {
        List<Positioned> entries = tail.next(BATCH, PATIENCE);
        if (entries.isEmpty()) {
          return null;
        }
        batches.put(new Batch(entries, null));
        read = entries.getLast().position() + 1;
      }
      return null;
    } catch (RuntimeException | Error e) {
      return e;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(PATIENCE.multipliedBy(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (rest != null) {
      rest.close();
    }
  }
}
