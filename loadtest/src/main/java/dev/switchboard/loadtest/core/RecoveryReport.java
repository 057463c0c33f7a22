package dev.switchboard.loadtest.core;

import dev.switchboard.loadtest.measure.ClassHistogram.Growth;
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

/** The figures of a recovery for people and programs. */
final class RecoveryReport {
  static final double TARGET_SECONDS = 10;
  static final double TARGET_MEGABYTES_PER_MILLION = 300;
  static final double TARGET_MEGABYTES_OF_SENDERS = 100;

  private static final int CLASSES = 8;

  private final RecoveryFigures figures;
  private final Figures recovered;

  RecoveryReport(RecoveryFigures figures) {
    this.figures = figures;
    this.recovered = figures.recovered();
  }

  Report on(Machine machine) {
    return new Report(
        "recovery",
        "%d open messages of %d accounts, %d for each recipient, and %d idle senders"
            .formatted(
                figures.entries(), figures.accounts(), figures.perRecipient(), figures.senders()),
        machine,
        List.of(
            new Section.Figures("Targets", targets()),
            new Section.Figures("Seconds since the start of the JVM", times()),
            new Section.Plot(chart()),
            new Section.Figures("Memory", memory()),
            new Section.Figures("Where the heap of the waiting messages went", classes())),
        data(),
        line());
  }

  private ResultLine line() {
    return new ResultLine("recovery")
        .with("entries", figures.entries())
        .with("seconds", figures.seconds())
        .with("heap_mb_per_million", figures.heapPerMillion())
        .with("idle_senders_mb", figures.idleHeap());
  }

  private Table targets() {
    return new Table("what", "measured", "target", "")
        .row(
            "start to the first message of every account, s",
            decimal(figures.seconds()),
            "<= " + decimal(TARGET_SECONDS),
            verdict(figures.seconds() <= TARGET_SECONDS))
        .row(
            "heap of a million waiting messages, MB",
            decimal(figures.heapPerMillion()),
            "< " + decimal(TARGET_MEGABYTES_PER_MILLION),
            verdict(figures.heapPerMillion() < TARGET_MEGABYTES_PER_MILLION))
        .row(
            "heap of the idle senders, MB",
            decimal(figures.idleHeap()),
            "< " + decimal(TARGET_MEGABYTES_OF_SENDERS),
            verdict(figures.idleHeap() < TARGET_MEGABYTES_OF_SENDERS));
  }

  private Table times() {
    return new Table("step", "s")
        .row("the program begins", decimal(recovered.one("started_s")))
        .row("the journal is open", decimal(recovered.one("opened_s")))
        .row("everything is readable", decimal(recovered.one("replayed_s")))
        .row("the first message is handed to its engine", decimal(recovered.one("first_s")))
        .row("every account has handed one over", decimal(recovered.one("all_s")));
  }

  private Table memory() {
    Figures idle = figures.idle();
    return new Table("what", "live heap MB", "RSS MB")
        .row(
            "%.0f waiting messages".formatted(recovered.one("waiting")),
            decimal(figures.heapOfMessages()),
            "")
        .row(
            figures.senders() + " senders that never sent",
            decimal(idle.heapBetween("without", "connected")),
            decimal(idle.rssBetween("without", "connected")))
        .row(
            figures.senders() + " senders that sent one message each",
            decimal(idle.heapBetween("without", "sent")),
            decimal(idle.rssBetween("without", "sent")));
  }

  private Table classes() {
    var table = new Table("class", "objects", "MB");
    List<Growth> growth =
        recovered
            .memory("waiting")
            .histogram()
            .growthSince(figures.idle().memory("without").histogram(), CLASSES);
    for (Growth one : growth) {
      table.row(
          one.className(),
          Long.toString(one.usage().instances()),
          decimal(one.usage().bytes() / (double) (1 << 20)));
    }
    return table;
  }

  private Chart chart() {
    double[] entries = recovered.all("replay_entries");
    double[] seconds = recovered.all("replay_seconds");
    List<Point> points =
        IntStream.range(0, entries.length)
            .mapToObj(i -> new Point(seconds[i], entries[i]))
            .toList();
    return new Chart(
        "Entries replayed; the marks: journal open, first message, every account",
        Axis.linear("seconds since the start of the JVM"),
        Axis.linear("entries"),
        List.of(new Line("replayed", points)),
        List.of(recovered.one("opened_s"), recovered.one("first_s"), recovered.one("all_s")));
  }

  private Map<String, Object> data() {
    var data = new LinkedHashMap<String, Object>();
    data.put("entries", figures.entries());
    data.put("accounts", figures.accounts());
    data.put("messages_per_recipient", figures.perRecipient());
    data.put("journal_mb", figures.filled().one("disk_mb"));
    data.put("opened_s", recovered.one("opened_s"));
    data.put("replayed_s", recovered.one("replayed_s"));
    data.put("first_message_s", recovered.one("first_s"));
    data.put("seconds", figures.seconds());
    data.put("seconds_target", TARGET_SECONDS);
    data.put("heap_mb_per_million", figures.heapPerMillion());
    data.put("heap_mb_per_million_target", TARGET_MEGABYTES_PER_MILLION);
    data.put("senders", figures.senders());
    data.put("idle_senders_mb", figures.idleHeap());
    data.put("idle_senders_mb_target", TARGET_MEGABYTES_OF_SENDERS);
    data.put("idle_senders_rss_mb", figures.idle().rssBetween("without", "sent"));
    return data;
  }

  private static String verdict(boolean met) {
    return met ? "met" : "MISSED";
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
