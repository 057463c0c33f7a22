package dev.switchboard.loadtest.core;

import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.report.Chart;
import dev.switchboard.loadtest.report.Chart.Axis;
import dev.switchboard.loadtest.report.Chart.Line;
import dev.switchboard.loadtest.report.Chart.Point;
import dev.switchboard.loadtest.report.Report;
import dev.switchboard.loadtest.report.Section;
import dev.switchboard.loadtest.result.ResultLine;
import dev.switchboard.loadtest.result.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** The figures of pacing for people and programs. */
final class PacingReport {
  static final double TARGET_MILLIS = 20;

  private static final double MEDIAN = 50;
  private static final double MOST = 99;
  private static final double ALL = 100;
  private static final List<String> LIMITS =
      List.of("gap", "minute_budget", "hour_budget", "day_budget");

  private final int accounts;
  private final int seconds;
  private final String durability;
  private final Figures figures;

  PacingReport(int accounts, int seconds, String durability, Figures figures) {
    this.accounts = accounts;
    this.seconds = seconds;
    this.durability = durability;
    this.figures = figures;
  }

  Report on(Machine machine) {
    return new Report(
        "pacing",
        "%d accounts for %d s, journal %s: 2-5 s between messages, 20 a minute, 100 an hour, 1,000 a day"
            .formatted(accounts, seconds, durability),
        machine,
        List.of(
            new Section.Figures("Targets", targets()),
            new Section.Figures("How late, by what held a message back", limits()),
            new Section.Plot(percentiles()),
            new Section.Plot(overTime()),
            new Section.Words(
                """
                A quarter of the accounts each: standard policy; gaps of 2 to 2.5 s; 100 sent in the \
                last hour; 1,000 sent in the last day.
                "Short by" is how much less than a minute lay between the writes of a message and of \
                the 20th after it, at worst. Pacing counts the moment before the journal has the \
                attempt, the network sees the one after.\
                """)),
        data(),
        line());
  }

  private ResultLine line() {
    return new ResultLine("pacing")
        .with("accounts", accounts)
        .with("p99_error_ms", at(MOST))
        .with("exceeded", exceeded());
  }

  private long exceeded() {
    return (long) figures.one("exceeded");
  }

  private Table targets() {
    return new Table("what", "measured", "target", "")
        .row("p50 of the error, ms", decimal(at(MEDIAN)), "", "")
        .row(
            "p99 of the error, ms",
            decimal(at(MOST)),
            "< " + decimal(TARGET_MILLIS),
            at(MOST) < TARGET_MILLIS ? "met" : "MISSED")
        .row("most, ms", decimal(at(ALL)), "", "")
        .row("least, ms", decimal(figures.one("earliest_ms")), "", "")
        .row(
            "budgets and gaps exceeded",
            Long.toString(exceeded()),
            "0",
            exceeded() == 0 ? "met" : "MISSED")
        .row("short by, ms", decimal(figures.one("short_by_ms")), "", "")
        .row("messages measured", "%.0f".formatted(figures.one("measured")), "", "");
  }

  private Table limits() {
    var table = new Table("limit", "messages", "p50 ms", "p99 ms");
    for (String limit : LIMITS) {
      if (figures.has("limit_" + limit)) {
        double[] values = figures.all("limit_" + limit);
        table.row(
            limit.replace('_', ' '),
            "%.0f".formatted(values[0]),
            decimal(values[1]),
            decimal(values[2]));
      }
    }
    return table;
  }

  private double at(double percent) {
    double[] percents = figures.all("percentiles");
    int index =
        IntStream.range(0, percents.length)
            .filter(i -> percents[i] == percent)
            .findFirst()
            .orElseThrow();
    return figures.all("percentile_ms")[index];
  }

  private Chart percentiles() {
    double[] percents = figures.all("percentiles");
    double[] millis = figures.all("percentile_ms");
    return new Chart(
        "Error of a gap: from the earliest time that pacing allowed to the write",
        Axis.percentiles(),
        Axis.logarithmic("ms"),
        List.of(
            new Line(
                "error",
                IntStream.range(0, percents.length - 1)
                    .mapToObj(i -> new Point(percents[i], millis[i]))
                    .toList())));
  }

  private Chart overTime() {
    return new Chart(
        "Error of a gap over time",
        Axis.linear("s"),
        Axis.logarithmic("ms"),
        List.of(new Line("p99", perSecond(1)), new Line("most", perSecond(2))));
  }

  private List<Point> perSecond(int value) {
    return IntStream.range(0, seconds)
        .filter(second -> figures.has("second_" + second))
        .mapToObj(second -> new Point(second, figures.all("second_" + second)[value]))
        .toList();
  }

  private Map<String, Object> data() {
    var data = new LinkedHashMap<String, Object>();
    data.put("accounts", accounts);
    data.put("seconds", seconds);
    data.put("durability", durability);
    data.put("writes", figures.one("writes"));
    data.put("measured", figures.one("measured"));
    data.put("p50_error_ms", at(MEDIAN));
    data.put("p99_error_ms", at(MOST));
    data.put("p99_error_ms_target", TARGET_MILLIS);
    data.put("max_error_ms", at(ALL));
    data.put("min_error_ms", figures.one("earliest_ms"));
    data.put("exceeded", exceeded());
    data.put("short_by_ms", figures.one("short_by_ms"));
    return data;
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
