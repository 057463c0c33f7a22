package dev.switchboard.loadtest.fanout;

import dev.switchboard.loadtest.client.EventClient;
import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.loadtest.run.LoadTestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * The readers of a turn, each on a connection of its own: those that read, and those that are slow
 * or read nothing before its end.
 */
final class Crowd implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(20);

  private final Window window;
  private final List<Subscriber> readers = new ArrayList<>();
  private final List<Subscriber> slow = new ArrayList<>();
  private final List<Subscriber> stalled = new ArrayList<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  private Crowd(Window window) {
    this.window = window;
  }

  /**
   * Who takes part.
   *
   * @param readers that read what comes
   * @param slow that read {@code slowRate} events a second
   * @param stalled that read nothing
   */
  record Size(int readers, int slow, int stalled, int slowRate) {}

  /**
   * Opens all streams and waits until each has begun.
   *
   * @param before where the instances stand; nothing may happen meanwhile
   */
  static Crowd open(int port, String key, Size size, Map<String, Long> before, Duration patience)
      throws InterruptedException {
    var crowd = new Crowd(new Window());
    try {
      crowd.add(crowd.readers, size.readers(), port, key, false);
      crowd.add(crowd.slow, size.slow(), port, key, true);
      crowd.add(crowd.stalled, size.stalled(), port, key, true);
      crowd.all().forEach(reader -> reader.begin(before));
      for (Subscriber reader : crowd.all().toList()) {
        reader.awaitBegin(patience);
      }
      crowd.letSlowRead(size.slowRate());
      return crowd;
    } catch (InterruptedException | RuntimeException e) {
      crowd.close();
      throw e;
    }
  }

  private void add(List<Subscriber> to, int count, int port, String key, boolean held) {
    for (int i = 0; i < count; i++) {
      to.add(new Subscriber(new EventClient(port, key), held, window));
    }
  }

  private void letSlowRead(int rate) {
    long nanos = TimeUnit.SECONDS.toNanos(1) / Math.max(1, rate);
    var _ =
        clock.scheduleAtFixedRate(
            () -> slow.forEach(reader -> reader.read(1)), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private Stream<Subscriber> all() {
    return Stream.of(readers, slow, stalled).flatMap(List::stream);
  }

  Window window() {
    return window;
  }

  /**
   * Waits until all have come to where the instances stand, the slow and the stalled ones too,
   * which are let from now on. Those that do not come in time have lost what is missing.
   */
  void awaitAll(Map<String, Long> there, Duration patience) throws InterruptedException {
    clock.shutdownNow();
    slow.forEach(Subscriber::readAll);
    stalled.forEach(Subscriber::readAll);
    long deadline = System.nanoTime() + patience.toNanos();
    while (missing(there) > 0 && System.nanoTime() < deadline) {
      Thread.sleep(STEP);
    }
  }

  /** Events that are there and were not told to somebody. */
  long missing(Map<String, Long> there) {
    all()
        .map(Subscriber::end)
        .filter(end -> end != null)
        .findAny()
        .ifPresent(end -> {
          throw new LoadTestException("a stream of events ended: " + end.getMessage(), end);
        });
    return sum(reader -> reader.sequences().missing(there));
  }

  /** Events that were told out of order, or twice. */
  long reordered() {
    return sum(reader -> reader.sequences().reordered() + reader.sequences().repeated());
  }

  /** Events that were passed over, whatever there is. */
  long lost() {
    return sum(reader -> reader.sequences().lost());
  }

  private long sum(ToLongFunction<Subscriber> of) {
    return all().mapToLong(of).sum();
  }

  /**
   * How late those that read were told.
   *
   * @param since from which time on, for the stamp of a message
   */
  Latencies latencies(LongUnaryOperator since) {
    Histogram sum = Latencies.none().histogram();
    readers.forEach(reader -> sum.add(reader.latencies(since)));
    return new Latencies(sum, window.time());
  }

  @Override
  public void close() {
    clock.shutdownNow();
    all().parallel().forEach(Subscriber::close);
  }
}
