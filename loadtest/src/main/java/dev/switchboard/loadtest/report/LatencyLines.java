package dev.switchboard.loadtest.report;

import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.loadtest.report.Chart.Line;
import dev.switchboard.loadtest.report.Chart.Point;
import java.util.stream.DoubleStream;

/** Latencies as a line over percentiles. */
public final class LatencyLines {
  private static final double WHOLE = 100;
  private static final double STEPS_PER_NINE = 20;
  private static final double NINES = 5;

  private LatencyLines() {}

  public static Line of(String name, Latencies latencies) {
    double last = Math.min(NINES, Math.log10((double) Math.max(10, latencies.count())));
    return new Line(
        name,
        DoubleStream.iterate(0, nines -> nines <= last, nines -> nines + 1 / STEPS_PER_NINE)
            .map(nines -> WHOLE * (1 - Math.pow(10, -nines)))
            .mapToObj(percentile -> new Point(percentile, latencies.millis(percentile)))
            .toList());
  }
}
