package dev.switchboard.loadtest.core.program;

import dev.switchboard.model.pacing.PacingLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** How late messages were written: over all, by what held them back, and over time. */
final class Lateness {
  /** The percentiles that are drawn. */
  private static final double[] PERCENTILES = {
    0, 10, 20, 30, 40, 50, 60, 70, 80, 85, 90, 92, 94, 95, 96, 97, 98, 98.5, 99, 99.3, 99.5, 99.7,
    99.9, 99.95, 99.97, 99.99, 99.999, 100
  };

  private static final double MEDIAN = 50;
  private static final double MOST = 99;
  private static final double ALL = 100;

  private Lateness() {}

  static void tell(List<PacedEngine.Write> writes, Instant from, int seconds) {
    double[] all = sorted(writes, write -> true);
    Told.figure("earliest_ms", percentile(all, 0));
    Told.figure("percentiles", PERCENTILES);
    Told.figure(
        "percentile_ms", Arrays.stream(PERCENTILES).map(at -> percentile(all, at)).toArray());
    for (PacingLimit limit : PacingLimit.values()) {
      double[] some = sorted(writes, write -> write.limit() == limit);
      if (some.length > 0) {
        String name = limit.name().toLowerCase(Locale.ROOT);
        Told.figure("limit_" + name, some.length, percentile(some, MEDIAN), percentile(some, MOST));
      }
    }
    for (int second = 0; second < seconds; second++) {
      tellSecond(writes, from, second);
    }
  }

  private static void tellSecond(List<PacedEngine.Write> writes, Instant from, int second) {
    double[] some =
        sorted(writes, write -> Duration.between(from, write.at()).toSeconds() == second);
    if (some.length > 0) {
      Told.figure("second_" + second, some.length, percentile(some, MOST), percentile(some, ALL));
    }
  }

  private static double[] sorted(
      List<PacedEngine.Write> writes, Predicate<PacedEngine.Write> which) {
    return writes.stream()
        .filter(which)
        .mapToDouble(PacedEngine.Write::errorMillis)
        .sorted()
        .toArray();
  }

  private static double percentile(double[] sorted, double percent) {
    int rank = (int) Math.ceil(percent / ALL * sorted.length);
    return sorted.length == 0 ? 0 : sorted[Math.clamp(rank - 1L, 0, sorted.length - 1)];
  }
}
