package dev.switchboard.loadtest.throughput;

import dev.switchboard.loadtest.report.Chart;
import dev.switchboard.loadtest.report.Chart.Axis;
import dev.switchboard.loadtest.report.Chart.Line;
import dev.switchboard.loadtest.report.Chart.Point;
import dev.switchboard.loadtest.report.LatencyLines;
import dev.switchboard.loadtest.report.Report;
import dev.switchboard.loadtest.report.Section;
import dev.switchboard.loadtest.report.ThreadTable;
import dev.switchboard.loadtest.result.ResultLine;
import dev.switchboard.loadtest.result.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What was measured as a report. */
final class ThroughputReport {
  private static final String SERVER = "Switchboard";
  private static final String PEER = "Baileys";

  private ThroughputReport() {}

  static Report of(ThroughputFigures figures) {
    var sections = new ArrayList<Section>();
    sections.add(new Section.Words(verdict(figures)));
    sections.add(new Section.Figures("Messages", messages(figures)));
    sections.add(new Section.Figures("Each message", each(figures)));
    Level largest = figures.largest();
    sections.add(
        new Section.Figures(
            "Processor time of the server, " + accounts(largest),
            threads(largest).table("microseconds a message")));
    sections.add(new Section.Plot(perCpuSecond(figures)));
    sections.add(new Section.Plot(perSecond(figures)));
    figures.levels().forEach(level -> sections.add(new Section.Plot(latencies(level))));
    return new Report(
        "throughput", title(figures), figures.machine(), sections, data(figures), line(figures));
  }

  private static String title(ThroughputFigures figures) {
    ThroughputPlan plan = figures.plan();
    return "texts of %d bytes to %d recipients of each account, %d rounds of %d s"
        .formatted(plan.bytes(), plan.recipients(), plan.rounds(), plan.time().toSeconds());
  }

  private static ResultLine line(ThroughputFigures figures) {
    Level largest = figures.largest();
    var line =
        new ResultLine("throughput")
            .with("per_second", largest.server().perSecond())
            .with("per_cpu_second", largest.server().perCpuSecond());
    return largest.peer() == null
        ? line.with("peer_per_cpu_second", "skipped")
        : line.with("peer_per_cpu_second", largest.peer().perCpuSecond());
  }

  private static String verdict(ThroughputFigures figures) {
    String refusals =
        figures.refusals().isEmpty()
            ? ""
            : "\nThe network refused: " + String.join(", ", figures.refusals());
    if (!figures.compared()) {
      return "NO PEER to compare with: " + figures.peer().missing() + refusals;
    }
    double ratio = figures.largest().ratio();
    return "%s: %s times the messages per processor second of Baileys on %s (target %s: %s)%s"
        .formatted(
            accounts(figures.largest()),
            decimal(ratio),
            figures.peer().runtime(),
            decimal(ThroughputFigures.LEAST_RATIO),
            ratio >= ThroughputFigures.LEAST_RATIO ? "met" : "MISSED",
            failures(figures.levels()) + refusals);
  }

  /** What was paid for messages that failed is in the cost of those that did not. */
  private static String failures(List<Level> levels) {
    return levels.stream()
        .filter(level -> level.peer() != null && level.peer().failing())
        .map(level ->
            "\nTHE PEER FAILED with %s: %d of %d messages were not acknowledged in time"
                .formatted(
                    accounts(level),
                    level.peer().failed(),
                    level.peer().failed() + level.peer().latencies().count()))
        .collect(Collectors.joining());
  }

  private static Table messages(ThroughputFigures figures) {
    var table =
        new Table(
            "sender",
            "accounts",
            "in flight",
            "messages",
            "failed",
            "per second",
            "per CPU second",
            "ratio",
            "load");
    for (Level level : figures.levels()) {
      row(table, SERVER, level, level.server(), level.peer() == null ? "" : decimal(level.ratio()));
      if (level.peer() != null) {
        row(table, PEER, level, level.peer(), "");
      }
    }
    return table;
  }

  private static void row(Table table, String name, Level level, Turn turn, String ratio) {
    table.row(
        name,
        Integer.toString(level.accounts()),
        Integer.toString(level.accounts() * level.lanes()),
        Long.toString(turn.latencies().count()),
        Long.toString(turn.failed()),
        whole(turn.perSecond()),
        whole(turn.perCpuSecond()),
        ratio,
        decimal(level.load()));
  }

  private static Table each(ThroughputFigures figures) {
    var table = new Table("sender", "accounts", "CPU us", "of it database", "p50 ms", "p99 ms");
    for (Level level : figures.levels()) {
      row(table, SERVER, level, level.server());
      if (level.peer() != null) {
        row(table, PEER, level, level.peer());
      }
    }
    return table;
  }

  private static void row(Table table, String name, Level level, Turn turn) {
    table.row(
        name,
        Integer.toString(level.accounts()),
        whole(turn.programMicros() + turn.databaseMicros()),
        whole(turn.databaseMicros()),
        decimal(turn.latencies().millis(50)),
        decimal(turn.latencies().millis(99)));
  }

  private static String accounts(Level level) {
    return level.accounts() == 1 ? "1 account" : level.accounts() + " accounts";
  }

  private static ThreadTable threads(Level level) {
    Turn turn = level.server();
    return new ThreadTable(
        turn.cost().threads().with("PostgreSQL", turn.cost().database()), turn.latencies().count());
  }

  private static Chart perCpuSecond(ThroughputFigures figures) {
    return chart("Messages per processor second", figures, Turn::perCpuSecond);
  }

  private static Chart perSecond(ThroughputFigures figures) {
    return chart("Messages per second", figures, Turn::perSecond);
  }

  private static Chart chart(
      String title, ThroughputFigures figures, ToDoubleFunction<Turn> value) {
    var lines = new ArrayList<Line>();
    lines.add(
        new Line(
            SERVER,
            figures.levels().stream()
                .map(level -> new Point(level.accounts(), value.applyAsDouble(level.server())))
                .toList()));
    var peers = new ArrayList<Point>();
    for (Level level : figures.levels()) {
      if (level.peer() != null) {
        peers.add(new Point(level.accounts(), value.applyAsDouble(level.peer())));
      }
    }
    if (!peers.isEmpty()) {
      lines.add(new Line(PEER, peers));
    }
    return new Chart(title, Axis.logarithmic("accounts"), Axis.linear("messages"), lines);
  }

  private static Chart latencies(Level level) {
    var lines = new ArrayList<Line>();
    lines.add(LatencyLines.of(SERVER, level.server().latencies()));
    if (level.peer() != null) {
      lines.add(LatencyLines.of(PEER, level.peer().latencies()));
    }
    return new Chart(
        accounts(level) + ": from the call to the acknowledgement",
        Axis.percentiles(),
        Axis.logarithmic("ms"),
        lines);
  }

  private static Map<String, Object> data(ThroughputFigures figures) {
    var data = new LinkedHashMap<String, Object>();
    data.put("text_bytes", figures.plan().bytes());
    data.put("recipients", figures.plan().recipients());
    data.put("ratio_target", ThroughputFigures.LEAST_RATIO);
    data.put("peer_missing", figures.peer().missing());
    data.put("peer_runtime", figures.peer().runtime());
    data.put("refusals", figures.refusals());
    data.put("levels", figures.levels().stream().map(ThroughputReport::level).toList());
    return data;
  }

  private static Map<String, Object> level(Level level) {
    var data = new LinkedHashMap<String, Object>();
    data.put("accounts", level.accounts());
    data.put("in_flight", level.accounts() * level.lanes());
    data.put("load", level.load());
    data.put("ratio", level.ratio());
    data.put("network_cpu_s", level.network().toMillis() / 1e3);
    data.put("server", turn(level.server()));
    data.put("server_cpu_us_by_thread", threads(level).data());
    if (level.peer() != null) {
      data.put("peer", turn(level.peer()));
    }
    return data;
  }

  private static Map<String, Object> turn(Turn turn) {
    var data = new LinkedHashMap<String, Object>();
    data.put("messages", turn.latencies().count());
    data.put("failed", turn.failed());
    data.put("per_second", turn.perSecond());
    data.put("per_cpu_second", turn.perCpuSecond());
    data.put("program_cpu_s", turn.cost().program().toMillis() / 1e3);
    data.put("database_cpu_s", turn.cost().database().toMillis() / 1e3);
    for (double percentile : List.of(50.0, 90.0, 99.0, 99.9)) {
      data.put(
          "p" + Double.toString(percentile).replace(".0", "").replace(".", "") + "_ms",
          turn.latencies().millis(percentile));
    }
    return data;
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
