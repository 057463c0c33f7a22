package dev.switchboard.loadtest.accept;

import dev.switchboard.loadtest.accept.AcceptFigures.Triple;
import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.loadtest.report.Chart;
import dev.switchboard.loadtest.report.Chart.Axis;
import dev.switchboard.loadtest.report.LatencyLines;
import dev.switchboard.loadtest.report.Report;
import dev.switchboard.loadtest.report.Section;
import dev.switchboard.loadtest.report.ThreadTable;
import dev.switchboard.loadtest.result.ResultLine;
import dev.switchboard.loadtest.result.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured as a report. */
final class AcceptReport {

  private AcceptReport() {}

  static Report of(AcceptFigures figures) {
    return new Report(
        "accept",
        "%d texts of %d bytes to one account, %d connections, %d rounds of %d s"
            .formatted(
                figures.crowded().accept().count(),
                figures.plan().bytes(),
                figures.plan().connections(),
                figures.plan().rounds(),
                figures.plan().time().toSeconds()),
        figures.machine(),
        List.of(
            new Section.Figures("Targets", targets(figures)),
            new Section.Figures(figures.plan().callers() + " callers", table(figures.crowded())),
            new Section.Figures("1 caller", table(figures.alone())),
            new Section.Figures("Processor time", processorTime(figures)),
            new Section.Figures(
                "Processor time of SendMessage", threads(figures).table("microseconds a call")),
            new Section.Plot(chart(figures.plan().callers() + " callers", figures.crowded())),
            new Section.Plot(chart("1 caller", figures.alone()))),
        data(figures),
        line(figures));
  }

  private static ResultLine line(AcceptFigures figures) {
    return new ResultLine("accept")
        .with("ratio", figures.ratio(), 2)
        .with("p50_ms", figures.alone().accept().millis(50), 2)
        .with("p99_ms", figures.crowded().accept().millis(99), 2)
        .with("echo_p99_ms", figures.crowded().echo().millis(99), 2)
        .with("commit_p99_ms", figures.crowded().commit().millis(99), 2)
        .with("flushes", figures.flushes());
  }

  private static Table targets(AcceptFigures figures) {
    return new Table("target", "measured", "allowed", "verdict")
        .row(
            "throughput as a part of the echo's",
            decimal(figures.ratio()),
            "0.60",
            verdict(figures.ratioHolds()))
        .row(
            "p99 in ms, echo's + 2 x commit's",
            decimal(figures.crowded().accept().millis(99)),
            decimal(figures.longestAllowedMillis()),
            verdict(figures.tailHolds()))
        .row(
            "p50 in ms of one caller",
            decimal(figures.alone().accept().millis(50)),
            "1.00",
            verdict(figures.aloneHolds()));
  }

  private static String verdict(boolean holds) {
    return holds ? "met" : "MISSED";
  }

  private static Table table(Triple triple) {
    var table = new Table("what", "per second", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "max ms");
    row(table, "echo", triple.echo());
    row(table, "SendMessage", triple.accept());
    row(table, "journal alone", triple.commit());
    return table;
  }

  private static void row(Table table, String name, Latencies measured) {
    table.row(
        name,
        String.format(Locale.ROOT, "%.0f", measured.perSecond()),
        decimal(measured.millis(50)),
        decimal(measured.millis(90)),
        decimal(measured.millis(99)),
        decimal(measured.millis(99.9)),
        decimal(measured.millis(100)));
  }

  private static Table processorTime(AcceptFigures figures) {
    return new Table("what", "microseconds a call")
        .row("echo", decimal(figures.echoMicros()))
        .row("SendMessage, its database included", decimal(figures.acceptMicros()));
  }

  private static ThreadTable threads(AcceptFigures figures) {
    return new ThreadTable(figures.acceptTimes(), figures.crowded().accept().count());
  }

  private static Chart chart(String title, Triple triple) {
    return new Chart(
        title,
        Axis.percentiles(),
        Axis.logarithmic("ms"),
        List.of(
            LatencyLines.of("echo", triple.echo()),
            LatencyLines.of("SendMessage", triple.accept()),
            LatencyLines.of("journal alone", triple.commit())));
  }

  private static Map<String, Object> data(AcceptFigures figures) {
    var data = new LinkedHashMap<String, Object>();
    data.put("callers", figures.plan().callers());
    data.put("connections", figures.plan().connections());
    data.put("text_bytes", figures.plan().bytes());
    data.put("ratio", figures.ratio());
    data.put("flushes", figures.flushes());
    data.put("commit_flushes", figures.commitFlushes());
    data.put("refused", figures.refused());
    data.put("echo_cpu_us", figures.echoMicros());
    data.put("accept_cpu_us", figures.acceptMicros());
    data.put("accept_cpu_us_by_thread", threads(figures).data());
    data.put("crowded", triple(figures.crowded()));
    data.put("alone", triple(figures.alone()));
    return data;
  }

  private static Map<String, Object> triple(Triple triple) {
    var data = new LinkedHashMap<String, Object>();
    data.put("echo", latencies(triple.echo()));
    data.put("accept", latencies(triple.accept()));
    data.put("commit", latencies(triple.commit()));
    return data;
  }

  private static Map<String, Object> latencies(Latencies measured) {
    var data = new LinkedHashMap<String, Object>();
    data.put("count", measured.count());
    data.put("per_second", measured.perSecond());
    data.put("p50_ms", measured.millis(50));
    data.put("p90_ms", measured.millis(90));
    data.put("p99_ms", measured.millis(99));
    data.put("p999_ms", measured.millis(99.9));
    data.put("max_ms", measured.millis(100));
    return data;
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
