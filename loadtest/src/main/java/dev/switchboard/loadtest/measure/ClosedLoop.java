package dev.switchboard.loadtest.measure;

import dev.switchboard.loadtest.run.Parallel;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * So many callers, each on a virtual thread, each making the next call when the one before is
 * answered.
 */
public final class ClosedLoop {
  private final int callers;
  private final Call call;

  public ClosedLoop(int callers, Call call) {
    this.callers = callers;
    this.call = call;
  }

  /** What is called. */
  @FunctionalInterface
  public interface Call {
    /**
     * Calls once.
     *
     * @param caller who calls, from 0 on
     * @return whether it counts: a refusal does not
     */
    boolean make(int caller) throws InterruptedException;
  }

  /** Calls for a while, each caller once at least. */
  public Latencies run(Duration time) throws InterruptedException {
    Histogram sum = Latencies.empty();
    List<Integer> all = IntStream.range(0, callers).boxed().toList();
    long begin = System.nanoTime();
    long end = begin + time.toNanos();
    Parallel.forEach(
        all,
        callers,
        caller -> {
          Histogram own = calls(caller, end);
          synchronized (sum) {
            sum.add(own);
          }
        });
    return new Latencies(sum, Duration.ofNanos(System.nanoTime() - begin));
  }

  private Histogram calls(int caller, long end) throws InterruptedException {
    Histogram own = Latencies.empty();
    long begin = System.nanoTime();
    do {
      boolean counts = call.make(caller);
      long answered = System.nanoTime();
      if (counts) {
        own.recordValue(Math.min(answered - begin, own.getHighestTrackableValue()));
      }
      begin = answered;
    } while (begin < end);
    return own;
  }
}
