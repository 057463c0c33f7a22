package dev.switchboard.loadtest.soak;

import dev.switchboard.loadtest.report.Chart;
import dev.switchboard.loadtest.report.Chart.Axis;
import dev.switchboard.loadtest.report.Chart.Line;
import dev.switchboard.loadtest.report.Chart.Point;
import dev.switchboard.loadtest.report.Report;
import dev.switchboard.loadtest.report.Section;
import dev.switchboard.loadtest.result.ResultLine;
import dev.switchboard.loadtest.result.Table;
import dev.switchboard.loadtest.soak.SoakFigures.Verdict;
import dev.switchboard.loadtest.soak.SoakPlan.Limits;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What happened as a report. */
final class SoakReport {
  private static final double MEGABYTE = 1024 * 1024;
  private static final double KILOBYTES_PER_MEGABYTE = 1024;

  private SoakReport() {}

  static Report of(SoakFigures figures) {
    return new Report(
        "soak",
        title(figures),
        figures.machine(),
        List.of(
            new Section.Figures("Promises", promises(figures)),
            new Section.Figures("The server", server(figures)),
            plot(figures, "Live heap after a collection", "MB", megabytes()),
            plot(figures, "Memory of the process", "MB", mega(Sample::rssKilobytes, "RSS")),
            plot(
                figures,
                "Threads, open files and sockets",
                "number",
                new Curve("threads", Sample::threads),
                new Curve("files", Sample::files)),
            plot(figures, "Journal on the disk", "MB", mega(Sample::journalKilobytes, "journal")),
            plot(figures, "PostgreSQL on the disk", "MB", mega(Sample::databaseKilobytes, "files")),
            plot(
                figures,
                "Queues",
                "number",
                new Curve("open messages", Sample::open),
                new Curve("journal entries to project", Sample::lag)),
            plot(
                figures, "Messages accepted", "messages", new Curve("accepted", Sample::accepted))),
        data(figures),
        line(figures));
  }

  private record Curve(String name, ToDoubleFunction<Sample> value) {}

  private static Curve megabytes() {
    return new Curve("live heap", sample -> sample.heapBytes() / MEGABYTE);
  }

  private static Curve mega(ToDoubleFunction<Sample> kilobytes, String name) {
    return new Curve(name, sample -> kilobytes.applyAsDouble(sample) / KILOBYTES_PER_MEGABYTE);
  }

  private static String title(SoakFigures figures) {
    SoakPlan plan = figures.plan();
    return "%d accounts, %d chats, %.0f messages a second for %s; dotted: the weather changes"
        .formatted(plan.accounts(), plan.allChats(), plan.perSecond(), plan.time());
  }

  private static ResultLine line(SoakFigures figures) {
    Verdict verdict = figures.verdict();
    return new ResultLine("soak")
        .with("minutes", figures.plan().time().toMillis() / 60e3)
        .with("sent", verdict.sent())
        .with("lost", verdict.lost())
        .with("doubled", verdict.doubled())
        .with("heap_slope_kb_per_minute", figures.heapSlope())
        .with("fds", figures.last().files())
        .with("journal_mb", figures.last().journalKilobytes() / KILOBYTES_PER_MEGABYTE)
        .with("threads", figures.last().threads())
        .with("rss_mb", figures.last().rssKilobytes() / KILOBYTES_PER_MEGABYTE)
        .with("reconnects", figures.drops());
  }

  private static Table promises(SoakFigures figures) {
    Verdict verdict = figures.verdict();
    Limits limits = figures.plan().limits();
    var table = new Table("promise", "measured", "allowed", "verdict");
    bounded(table, "messages lost, either way", (double) verdict.lost(), 0);
    bounded(table, "messages doubled, either way", (double) verdict.doubled(), 0);
    bounded(table, "live heap, KB a minute", figures.heapSlope(), limits.heapKilobytes());
    bounded(table, "threads a minute", figures.threadSlope(), limits.threads());
    bounded(table, "open files a minute", figures.fileSlope(), limits.files());
    bounded(table, "journal, MB a minute", figures.journalSlope(), limits.journalMegabytes());
    return table;
  }

  private static void bounded(Table table, String promise, double measured, double allowed) {
    table.row(
        promise, decimal(measured), decimal(allowed), measured <= allowed ? "held" : "BROKEN");
  }

  private static Table server(SoakFigures figures) {
    Sample first = figures.samples().getFirst();
    Sample last = figures.last();
    Verdict verdict = figures.verdict();
    return new Table("what", "at the begin", "at the end")
        .row(
            "live heap MB",
            decimal(first.heapBytes() / MEGABYTE),
            decimal(last.heapBytes() / MEGABYTE))
        .row("RSS MB", mega(first.rssKilobytes()), mega(last.rssKilobytes()))
        .row("threads", Long.toString(first.threads()), Long.toString(last.threads()))
        .row("open files", Long.toString(first.files()), Long.toString(last.files()))
        .row("journal MB", mega(first.journalKilobytes()), mega(last.journalKilobytes()))
        .row("PostgreSQL MB", mega(first.databaseKilobytes()), mega(last.databaseKilobytes()))
        .row("RSS, KB a minute after the warm-up", "", decimal(figures.rssSlope()))
        .row("connections dropped", "", Long.toString(figures.drops()))
        .row("calls refused", "", Long.toString(verdict.refused()))
        .row("stream of answers unbroken", "", verdict.watched() ? "yes" : "no");
  }

  private static Section plot(SoakFigures figures, String title, String unit, Curve... curves) {
    List<Line> lines =
        Arrays.stream(curves)
            .map(curve ->
                new Line(
                    curve.name(),
                    figures.samples().stream()
                        .map(sample ->
                            new Point(sample.minute(), curve.value().applyAsDouble(sample)))
                        .toList()))
            .toList();
    return new Section.Plot(
        new Chart(title, Axis.linear("minutes"), Axis.linear(unit), lines, figures.changes()));
  }

  private static Map<String, Object> data(SoakFigures figures) {
    Verdict verdict = figures.verdict();
    var data = new LinkedHashMap<String, Object>();
    data.put("accounts", figures.plan().accounts());
    data.put("chats", figures.plan().allChats());
    data.put("rate", figures.plan().perSecond());
    data.put("sent", verdict.sent());
    data.put("refused", verdict.refused());
    data.put("lost", verdict.lost());
    data.put("doubled", verdict.doubled());
    data.put("holds", figures.holds());
    data.put("heap_kb_per_minute", figures.heapSlope());
    data.put("rss_kb_per_minute", figures.rssSlope());
    data.put("threads_per_minute", figures.threadSlope());
    data.put("files_per_minute", figures.fileSlope());
    data.put("journal_mb_per_minute", figures.journalSlope());
    data.put("connections_dropped", figures.drops());
    data.put("weather_changes_min", figures.changes());
    data.put("samples", figures.samples().stream().map(SoakReport::sample).toList());
    return data;
  }

  private static Map<String, Object> sample(Sample sample) {
    var data = new LinkedHashMap<String, Object>();
    data.put("minute", sample.minute());
    data.put("heap_bytes", sample.heapBytes());
    data.put("rss_kb", sample.rssKilobytes());
    data.put("threads", sample.threads());
    data.put("files", sample.files());
    data.put("journal_kb", sample.journalKilobytes());
    data.put("database_kb", sample.databaseKilobytes());
    data.put("open", sample.open());
    data.put("lag", sample.lag());
    data.put("accepted", sample.accepted());
    return data;
  }

  private static String mega(long kilobytes) {
    return decimal(kilobytes / KILOBYTES_PER_MEGABYTE);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
