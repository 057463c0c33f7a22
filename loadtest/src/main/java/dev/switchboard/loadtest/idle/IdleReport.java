package dev.switchboard.loadtest.idle;

import dev.switchboard.loadtest.measure.ClassHistogram.Growth;
import dev.switchboard.loadtest.measure.Snapshot;
import dev.switchboard.loadtest.report.Chart;
import dev.switchboard.loadtest.report.Chart.Axis;
import dev.switchboard.loadtest.report.Chart.Line;
import dev.switchboard.loadtest.report.Chart.Point;
import dev.switchboard.loadtest.report.Report;
import dev.switchboard.loadtest.report.Section;
import dev.switchboard.loadtest.result.ResultLine;
import dev.switchboard.loadtest.result.Table;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures as data, as text and as the line that the run ends with. */
final class IdleReport {
  /** Kilobytes of heap that an idle account may cost. */
  static final int TARGET_KILOBYTES = 64;

  private static final double MEGABYTE = 1024 * 1024;
  private static final double MILLIS_PER_SECOND = 1000;

  private final IdleFigures figures;

  IdleReport(IdleFigures figures) {
    this.figures = figures;
  }

  ResultLine line() {
    return new ResultLine("idle")
        .with("accounts", figures.plan().accounts())
        .with("heap_kb_per_account", figures.heapPerAccount())
        .with("rss_kb_per_account", figures.rssPerAccount())
        .with("platform_threads", figures.full().status().threads())
        .with("ready_after_restart_s", seconds(figures.readyAfterRestart()));
  }

  String text() {
    return "%s%n%n%s%n%s%n%s%n%s"
        .formatted(
            setting(), snapshots(), verdict(), "Where the heap went, per account:", classes());
  }

  /** The page: the words, and the heap as it grew with the accounts. */
  Report page() {
    var heap =
        new Chart(
            "Live heap of the server",
            Axis.linear("idle accounts"),
            Axis.linear("MB"),
            List.of(
                new Line(
                    "live heap",
                    List.of(
                        point(0, figures.empty()),
                        point(figures.plan().firstPart().size(), figures.first()),
                        point(figures.plan().accounts(), figures.full())))));
    return new Report(
        "idle",
        figures.plan().accounts() + " idle accounts",
        figures.machine(),
        List.of(
            new Section.Words(verdict()),
            new Section.Figures("Measurements", snapshots()),
            new Section.Plot(heap),
            new Section.Figures("Where the heap went, per account", classes())),
        data(),
        line());
  }

  private static Point point(int accounts, Snapshot snapshot) {
    return new Point(accounts, snapshot.liveBytes() / MEGABYTE);
  }

  Map<String, Object> data() {
    var data = new LinkedHashMap<String, Object>();
    data.put("run", "idle");
    data.put("accounts", figures.plan().accounts());
    data.put("peers_per_account", figures.plan().peers());
    data.put("machine", machine());
    data.put("heap_kb_per_account", figures.heapPerAccount());
    data.put("heap_kb_per_account_target", TARGET_KILOBYTES);
    data.put("heap_kb_per_further_account", figures.heapPerFurtherAccount());
    data.put("heap_kb_per_account_after_restart", figures.heapPerAccountRestarted());
    data.put("heap_used_kb_per_account", figures.usedPerAccount());
    data.put("rss_kb_per_account", figures.rssPerAccount());
    data.put("rss_kb_per_account_after_restart", figures.rssPerAccountRestarted());
    data.put("linking_s", seconds(figures.linking()));
    data.put("ready_after_restart_s", seconds(figures.readyAfterRestart()));
    data.put(
        "snapshots",
        Map.of(
            "empty", snapshot(figures.empty()),
            "first", snapshot(figures.first()),
            "full", snapshot(figures.full()),
            "restarted", snapshot(figures.restarted())));
    data.put("classes", figures.growth().stream().map(this::growth).toList());
    return data;
  }

  private String setting() {
    return """
    %d idle accounts, each with texts exchanged with %d peers
    %s %s
    %s\
    """
        .formatted(
            figures.plan().accounts(),
            figures.plan().peers(),
            figures.collector(),
            String.join(" ", figures.plan().serverOptions()),
            figures.machine().text());
  }

  private Table snapshots() {
    var table =
        new Table("server", "accounts", "live heap MB", "used heap MB", "RSS MB", "threads");
    row(table, "empty", 0, figures.empty());
    row(table, "first accounts", figures.plan().firstPart().size(), figures.first());
    row(table, "all accounts", figures.plan().accounts(), figures.full());
    row(table, "after restart", figures.plan().accounts(), figures.restarted());
    return table;
  }

  private static void row(Table table, String title, int accounts, Snapshot snapshot) {
    table.row(
        title,
        Integer.toString(accounts),
        decimal(snapshot.liveBytes() / MEGABYTE),
        decimal(snapshot.usedBytes() / MEGABYTE),
        decimal(snapshot.status().rssKilobytes() * 1024 / MEGABYTE),
        Long.toString(snapshot.status().threads()));
  }

  private String verdict() {
    double heap = figures.heapPerAccount();
    long threads = figures.full().status().threads() - figures.empty().status().threads();
    return """
    heap per account %s KB (target %d KB: %s), %s KB for each further account, %s KB after restart
    threads of all accounts together: %d (%s)
    """
        .formatted(
            decimal(heap),
            TARGET_KILOBYTES,
            heap <= TARGET_KILOBYTES ? "met" : "MISSED",
            decimal(figures.heapPerFurtherAccount()),
            decimal(figures.heapPerAccountRestarted()),
            threads,
            threads < figures.plan().accounts() ? "none per account" : "TOO MANY");
  }

  private Table classes() {
    var table = new Table("class", "objects", "bytes", "KB of all");
    for (Growth growth : figures.growth()) {
      table.row(
          growth.className(),
          decimal((double) growth.usage().instances() / figures.plan().accounts()),
          decimal((double) growth.usage().bytes() / figures.plan().accounts()),
          Long.toString(growth.usage().bytes() / 1024));
    }
    return table;
  }

  private Map<String, Object> machine() {
    var machine = new LinkedHashMap<>(figures.machine().data());
    machine.put("collector", figures.collector());
    machine.put("server_options", List.copyOf(figures.plan().serverOptions()));
    return machine;
  }

  private static Map<String, Object> snapshot(Snapshot snapshot) {
    var data = new LinkedHashMap<String, Object>();
    data.put("live_bytes", snapshot.liveBytes());
    data.put("used_bytes", snapshot.usedBytes());
    data.put("rss_kb", snapshot.status().rssKilobytes());
    data.put("threads", snapshot.status().threads());
    data.put("threads_by_name", snapshot.threads().byName());
    return data;
  }

  private Map<String, Object> growth(Growth growth) {
    var data = new LinkedHashMap<String, Object>();
    data.put("class", growth.className());
    data.put("instances", growth.usage().instances());
    data.put("bytes", growth.usage().bytes());
    data.put("bytes_per_account", (double) growth.usage().bytes() / figures.plan().accounts());
    return data;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS_PER_SECOND;
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
