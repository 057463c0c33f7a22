package dev.switchboard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long each step of a start took, so that a slow one can be explained. */
final class StartTimes {
  private static final double NANOS = Duration.ofSeconds(1).toNanos();

  private final List<String> steps = new ArrayList<>();
  private final long begin = System.nanoTime();
  private long last = begin;

  /** A step has ended. */
  void done(String step) {
    long now = System.nanoTime();
    steps.add(step + " " + seconds(now - last));
    last = now;
  }

  @Override
  public String toString() {
    return seconds(last - begin) + ": " + String.join(", ", steps);
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos / NANOS);
  }
}
