package dev.switchboard.loadtest.report;

import dev.switchboard.loadtest.measure.ThreadTimes;
import dev.switchboard.loadtest.result.Table;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Which threads took the processors' time, for each of the things that were done in it. */
public final class ThreadTable {
  /** Lines of the table: the other threads take next to nothing. */
  private static final int MOST_THREADS = 16;

  private static final double NANOS_PER_MICRO = 1e3;

  private final ThreadTimes times;
  private final long things;

  /**
   * @param things how many were done; with none, none cost anything
   */
  public ThreadTable(ThreadTimes times, long things) {
    this.times = times;
    this.things = things;
  }

  /**
   * The dearest threads, in order.
   *
   * @param unit of the second column, as {@code microseconds a call}
   */
  public Table table(String unit) {
    var table = new Table("threads", unit);
    times.byName().entrySet().stream()
        .sorted(Map.Entry.<String, Duration>comparingByValue().reversed())
        .limit(MOST_THREADS)
        .forEach(time -> table.row(time.getKey(), decimal(micros(time.getValue()))));
    return table;
  }

  /** Microseconds by thread, all of them. */
  public Map<String, Object> data() {
    var data = new LinkedHashMap<String, Object>();
    times.byName().forEach((name, time) -> data.put(name, micros(time)));
    return data;
  }

  private double micros(Duration worked) {
    return things == 0 ? 0 : worked.toNanos() / NANOS_PER_MICRO / things;
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
