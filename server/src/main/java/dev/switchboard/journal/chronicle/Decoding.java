package dev.switchboard.journal.chronicle;

import dev.switchboard.journal.Positioned;
import dev.switchboard.journal.codec.EntryCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Opens and decodes entries, in order. Many at a time, as at a start, are shared out to a few
 * threads, which end when there is nothing to share for a while.
 */
final class Decoding implements AutoCloseable {
  /** Entries of which a thread takes so many at once; fewer than twice as many are not shared. */
  private static final int PART = 100;

  private static final int MOST_THREADS = 4;
  private static final int MOST_WAITING = 64;
  private static final Duration IDLE = Duration.ofSeconds(5);

  private final EntryCodec codec;
  private final ThreadPoolExecutor threads;

  Decoding(EntryCodec codec) {
    this.codec = codec;
    int count = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().name("journal-decoder-", 0).daemon().factory(),
            (task, full) -> task.run()); // Also after the end, unlike CallerRunsPolicy.
    threads.allowCoreThreadTimeOut(true);
  }

  /** An entry as it lies in the file. */
  @SuppressWarnings("ArrayRecordComponent") // Handed through and never compared.
  record Raw(long position, byte[] bytes) {}

  List<Positioned> decode(List<Raw> entries) throws InterruptedException {
    return entries.size() < 2 * PART ? decoded(entries) : shared(entries);
  }

  private List<Positioned> shared(List<Raw> entries) throws InterruptedException {
    List<Future<List<Positioned>>> parts = new ArrayList<>();
    for (int begin = 0; begin < entries.size(); begin += PART) {
      List<Raw> part = entries.subList(begin, Math.min(entries.size(), begin + PART));
      var task = new FutureTask<>(() -> decoded(part));
      threads.execute(task);
      parts.add(task);
    }
    List<Positioned> all = new ArrayList<>(entries.size());
    for (Future<List<Positioned>> part : parts) {
      all.addAll(result(part));
    }
    return all;
  }

  private static List<Positioned> result(Future<List<Positioned>> part)
      throws InterruptedException {
    try {
      return part.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("an entry cannot be decoded", e);
    }
  }

  private List<Positioned> decoded(List<Raw> entries) {
    List<Positioned> decoded = new ArrayList<>(entries.size());
    for (Raw raw : entries) {
      decoded.add(new Positioned(raw.position(), codec.decode(raw.bytes())));
    }
    return decoded;
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
