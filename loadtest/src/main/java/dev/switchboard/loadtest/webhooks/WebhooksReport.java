package dev.switchboard.loadtest.webhooks;

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
import java.util.function.ToLongFunction;

/** What happened as a report. */
final class WebhooksReport {
  private WebhooksReport() {}

  static Report of(WebhooksFigures figures) {
    WebhooksPlan plan = figures.plan();
    return new Report(
        "webhooks",
        "%d events of %d chats posted to a receiver that misbehaves, over %d kills (seed %d)"
            .formatted(
                figures.events(), plan.accounts() * plan.chats(), plan.rounds(), plan.seed()),
        figures.machine(),
        List.of(
            new Section.Figures("Promises", promises(figures)),
            new Section.Figures("What the receiver did with posts", behaved(figures)),
            new Section.Words(
                String.format(
                    Locale.ROOT,
                    "%d posts, %d times nobody listened, everything was taken %.1f s after the"
                        + " last kill.",
                    figures.taken().posts(),
                    figures.absences(),
                    figures.settling())),
            new Section.Words(drained(figures.drain())),
            new Section.Plot(taken(figures.drain())),
            new Section.Plot(memory(figures.drain()))),
        data(figures),
        line(figures));
  }

  private static ResultLine line(WebhooksFigures figures) {
    return new ResultLine("webhooks")
        .with("events", figures.events())
        .with("lost", figures.lost() + figures.untold() + figures.drain().lost())
        .with("reordered", figures.taken().reordered() + figures.drain().taken().reordered())
        .with("repeated", figures.taken().repeated())
        .with("forged", figures.taken().forged() + figures.taken().contradicted())
        .with("redirects_followed", figures.trapped())
        .with("posts", figures.taken().posts())
        .with("restarts", figures.plan().rounds())
        .with("drained_per_second", figures.drain().perSecond(), 0);
  }

  private static String drained(DrainFigures drain) {
    return String.format(
        Locale.ROOT,
        "%d events of 100 chats waited for a receiver. It noticed after %.1f s that somebody listens,"
            + " and posted %.0f a second; the server took %d to %d MB meanwhile.",
        drain.events(),
        drain.noticed(),
        drain.perSecond(),
        drain.fewestMegabytes(),
        drain.mostMegabytes());
  }

  private static Chart taken(DrainFigures drain) {
    return plot(
        "Events that waited, taken by the receiver", "events", drain, DrainFigures.Sample::taken);
  }

  private static Chart memory(DrainFigures drain) {
    return plot(
        "Memory of the server meanwhile", "MB (RSS)", drain, DrainFigures.Sample::megabytes);
  }

  private static Chart plot(
      String title, String unit, DrainFigures drain, ToLongFunction<DrainFigures.Sample> value) {
    return new Chart(
        title,
        Axis.linear("seconds since somebody listens"),
        Axis.linear(unit),
        List.of(
            new Line(
                title.toLowerCase(Locale.ROOT),
                drain.samples().stream()
                    .map(sample -> new Point(sample.seconds(), value.applyAsLong(sample)))
                    .toList())));
  }

  private static Table promises(WebhooksFigures figures) {
    var table = new Table("promise", "count", "verdict");
    row(table, "messages without an event", figures.untold());
    row(table, "events not taken", figures.lost());
    row(table, "posted before an earlier one of the chat was taken", figures.taken().reordered());
    row(table, "signed wrong, or under another id", figures.taken().forged());
    row(table, "posted again with another sequence", figures.taken().contradicted());
    row(table, "redirects followed", figures.trapped());
    row(table, "events that had waited, not taken", figures.drain().lost());
    row(
        table,
        "of these, posted before an earlier one of the chat",
        figures.drain().taken().reordered());
    return table.row(
        "taken again, under the same id", Long.toString(figures.taken().repeated()), "");
  }

  private static void row(Table table, String promise, long count) {
    table.row(promise, Long.toString(count), count == 0 ? "held" : "BROKEN");
  }

  private static Table behaved(WebhooksFigures figures) {
    var table = new Table("what", "posts");
    figures
        .behaved()
        .forEach((behaviour, count) ->
            table.row(behaviour.name().toLowerCase(Locale.ROOT), count.toString()));
    return table;
  }

  private static Map<String, Object> data(WebhooksFigures figures) {
    var data = new LinkedHashMap<String, Object>();
    data.put("rounds", figures.plan().rounds());
    data.put("accounts", figures.plan().accounts());
    data.put("chats", figures.plan().accounts() * figures.plan().chats());
    data.put("seed", figures.plan().seed());
    data.put("events", figures.events());
    data.put("lost", figures.lost());
    data.put("untold", figures.untold());
    data.put("reordered", figures.taken().reordered());
    data.put("repeated", figures.taken().repeated());
    data.put("forged", figures.taken().forged());
    data.put("contradicted", figures.taken().contradicted());
    data.put("redirects_followed", figures.trapped());
    data.put("posts", figures.taken().posts());
    data.put("absences", figures.absences());
    data.put("settling_s", figures.settling());
    data.put("backlog", figures.drain().events());
    data.put("backlog_lost", figures.drain().lost());
    data.put("backlog_reordered", figures.drain().taken().reordered());
    data.put("backlog_repeated", figures.drain().taken().repeated());
    data.put("backlog_noticed_s", figures.drain().noticed());
    data.put("drained_per_second", figures.drain().perSecond());
    data.put("drain_most_mb", figures.drain().mostMegabytes());
    figures
        .behaved()
        .forEach((behaviour, count) ->
            data.put("receiver_" + behaviour.name().toLowerCase(Locale.ROOT), count));
    return data;
  }
}
