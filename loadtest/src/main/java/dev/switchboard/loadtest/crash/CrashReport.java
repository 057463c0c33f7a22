package dev.switchboard.loadtest.crash;

import dev.switchboard.loadtest.crash.CrashFigures.Life;
import dev.switchboard.loadtest.events.EventVerdict;
import dev.switchboard.loadtest.report.Chart;
import dev.switchboard.loadtest.report.Chart.Axis;
import dev.switchboard.loadtest.report.Chart.Line;
import dev.switchboard.loadtest.report.Chart.Point;
import dev.switchboard.loadtest.report.Report;
import dev.switchboard.loadtest.report.Section;
import dev.switchboard.loadtest.result.ResultLine;
import dev.switchboard.loadtest.result.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What happened as a report. */
final class CrashReport {
  private static final double MILLIS = 1e3;

  private CrashReport() {}

  static Report of(CrashFigures figures) {
    var sections = new ArrayList<Section>();
    sections.add(new Section.Figures("Promises", promises(figures.verdict())));
    if (figures.told().readers() > 0) {
      sections.add(new Section.Figures("What readers of events were told", told(figures.told())));
    }
    sections.add(new Section.Figures("What became of the messages", statuses(figures)));
    if (!figures.missing().isEmpty()) {
      sections.add(new Section.Words("Did not arrive:\n" + String.join("\n", figures.missing())));
    }
    sections.add(new Section.Plot(progress(figures)));
    sections.add(new Section.Plot(recoveries(figures)));
    return new Report(
        "crash", title(figures), figures.machine(), sections, data(figures), line(figures));
  }

  private static String title(CrashFigures figures) {
    CrashPlan plan = figures.plan();
    return "%d accounts send %d messages in %d chats while %d kills happen (seed %d)"
        .formatted(
            plan.accounts(), plan.total(), plan.callers(), figures.lives().size(), plan.seed());
  }

  private static ResultLine line(CrashFigures figures) {
    Verdict verdict = figures.verdict();
    return new ResultLine("crash")
        .with("accepted", verdict.accepted())
        .with("lost", verdict.lost())
        .with("doubled", verdict.doubled())
        .with("resent", verdict.resent())
        .with("reordered", verdict.reordered())
        .with("restarts", figures.restarts())
        .with("disk_full", figures.fills())
        .with("events", figures.told().events())
        .with("events_lost", figures.told().lost())
        .with("events_reordered", figures.told().reordered())
        .with("events_contradicted", figures.told().contradicted() + figures.told().untold());
  }

  private static Table told(EventVerdict told) {
    return new Table("promise", "count", "verdict")
        .row("events", Long.toString(told.events()), "")
        .row("readers", Integer.toString(told.readers()), "")
        .row("times that one went on where it had stopped", Long.toString(told.resumptions()), "")
        .row("told again, as asked for", Long.toString(told.repeated()), "")
        .row("not told", Long.toString(told.lost()), none(told.lost()))
        .row("told out of order", Long.toString(told.reordered()), none(told.reordered()))
        .row(
            "told again under another id, or unasked",
            Long.toString(told.contradicted()),
            none(told.contradicted()))
        .row(
            "messages in another status than was told",
            Long.toString(told.untold()),
            none(told.untold()));
  }

  private static Table promises(Verdict verdict) {
    return new Table("promise", "count", "verdict")
        .row("accepted", Integer.toString(verdict.accepted()), "")
        .row("lost", Integer.toString(verdict.lost()), none(verdict.lost()))
        .row("doubled", Integer.toString(verdict.doubled()), none(verdict.doubled()))
        .row("reordered", Integer.toString(verdict.reordered()), none(verdict.reordered()))
        .row("sent again", Integer.toString(verdict.resent()), "")
        .row(
            "sent again without a kill since it was accepted",
            Integer.toString(verdict.resentNeedlessly()),
            none(verdict.resentNeedlessly()));
  }

  private static String none(long count) {
    return count == 0 ? "held" : "BROKEN";
  }

  private static Table statuses(CrashFigures figures) {
    var table = new Table("outcome", "messages");
    figures.statuses().forEach((status, count) -> table.row(status, count.toString()));
    figures
        .repeats()
        .forEach((reason, count) -> table.row("calls repeated after " + reason, count.toString()));
    return table
        .row("times that the disk was full", Integer.toString(figures.fills()))
        .row("milliseconds until the last outcome", Long.toString(figures.settling()));
  }

  private static Chart progress(CrashFigures figures) {
    List<Life> lives = figures.lives();
    return new Chart(
        "Messages accepted; dotted: kills",
        Axis.linear("seconds since the callers began"),
        Axis.linear("messages"),
        List.of(
            new Line(
                "accepted",
                lives.stream().map(life -> new Point(life.killedAt(), life.accepted())).toList())),
        lives.stream().map(Life::killedAt).toList());
  }

  private static Chart recoveries(CrashFigures figures) {
    List<Long> recoveries = figures.recoveries();
    return new Chart(
        "From the start of the process to the first answer",
        Axis.linear("restart"),
        Axis.linear("seconds"),
        List.of(
            new Line(
                "start",
                IntStream.range(0, recoveries.size())
                    .mapToObj(at -> new Point(at + 1.0, recoveries.get(at) / MILLIS))
                    .toList())));
  }

  private static Map<String, Object> data(CrashFigures figures) {
    Verdict verdict = figures.verdict();
    var data = new LinkedHashMap<String, Object>();
    data.put("rounds", figures.plan().rounds());
    data.put("accounts", figures.plan().accounts());
    data.put("callers", figures.plan().callers());
    data.put("seed", figures.plan().seed());
    data.put("accepted", verdict.accepted());
    data.put("lost", verdict.lost());
    data.put("doubled", verdict.doubled());
    data.put("resent", verdict.resent());
    data.put("resent_needlessly", verdict.resentNeedlessly());
    data.put("reordered", verdict.reordered());
    data.put("restarts", figures.restarts());
    data.put("repeated_calls", figures.repeats());
    data.put("disk_full", figures.fills());
    data.put("readers", figures.told().readers());
    data.put("events", figures.told().events());
    data.put("events_lost", figures.told().lost());
    data.put("events_reordered", figures.told().reordered());
    data.put("events_repeated", figures.told().repeated());
    data.put("events_contradicted", figures.told().contradicted());
    data.put("events_untold", figures.told().untold());
    data.put("event_resumptions", figures.told().resumptions());
    data.put("settling_ms", figures.settling());
    data.put("statuses", figures.statuses());
    data.put("start_ms", figures.recoveries());
    data.put("lives", figures.lives().stream().map(CrashReport::life).toList());
    data.put("missing", figures.missing());
    return data;
  }

  private static Map<String, Object> life(Life life) {
    return Map.of(
        "killed_at_s", life.killedAt(),
        "victim", life.victim(),
        "starting", life.starting(),
        "accepted", life.accepted());
  }
}
