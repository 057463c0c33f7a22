package dev.switchboard.loadtest.fanout;

import dev.switchboard.loadtest.fanout.FanoutFigures.Kind;
import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.loadtest.report.Chart;
import dev.switchboard.loadtest.report.Chart.Axis;
import dev.switchboard.loadtest.report.LatencyLines;
import dev.switchboard.loadtest.report.Report;
import dev.switchboard.loadtest.report.Section;
import dev.switchboard.loadtest.result.ResultLine;
import dev.switchboard.loadtest.result.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What was measured as a report. */
final class FanoutReport {
  private static final double NANOS_PER_MILLI = 1e6;

  private static final int MOST_THREADS = 12;

  /** The turns in which messages come in. */
  private static final Kind[] MEASURED = {Kind.BARE, Kind.SERVER, Kind.SERVER_STALLED};

  private static final List<String> PROGRAMS =
      List.of(Work.SERVER, Work.DATABASE, Work.NETWORK, Work.CLIENTS, Work.BARE);

  private FanoutReport() {}

  static Report of(FanoutFigures figures) {
    FanoutPlan plan = figures.plan();
    return new Report(
        "fanout",
        "%.0f events a second of %d accounts to %d readers, %d rounds of %d s"
            .formatted(
                plan.rate(),
                plan.accounts(),
                plan.readers(),
                plan.rounds(),
                plan.time().toSeconds()),
        figures.machine(),
        List.of(
            new Section.Figures("Targets", targets(figures)),
            new Section.Figures("How late readers are told", lateness(figures)),
            new Section.Figures("Where the time goes", parts(figures)),
            new Section.Figures("Microseconds of a processor for each message", programs(figures)),
            new Section.Figures("The same by threads of the server", threads(figures)),
            new Section.Words(cost(figures)),
            new Section.Plot(chart(figures))),
        data(figures),
        line(figures));
  }

  private static ResultLine line(FanoutFigures figures) {
    Latencies told = figures.turn(Kind.SERVER).latencies();
    return new ResultLine("fanout")
        .with("deliveries_per_second", told.perSecond(), 0)
        .with("p50_ms", told.millis(50), 2)
        .with("p99_ms", told.millis(99), 2)
        .with("bare_p99_ms", figures.tail(Kind.BARE), 2)
        .with("call_p99_ms", figures.turn(Kind.SERVER).fromCalls().millis(99), 2)
        .with("lost", figures.lost())
        .with("reordered", figures.reordered())
        .with("stalled_effect_percent", figures.effect(), 1)
        .with("slept_events", figures.sleeper().events());
  }

  private static Table targets(FanoutFigures figures) {
    double tail = figures.tail(Kind.SERVER);
    return new Table("target", "measured", "allowed", "verdict")
        .row(
            "p99 in ms, beside the bare stream's",
            decimal(tail),
            decimal(figures.mostAllowed()),
            verdict(figures.besideBareHolds()))
        .row("p99 in ms", decimal(tail), "20.00", verdict(figures.tailHolds()))
        .row(
            "effect of slow and stalled readers on it, per cent",
            decimal(figures.effect()),
            "20.00",
            verdict(figures.effectHolds()))
        .row("events not told", Long.toString(figures.lost()), "0", verdict(figures.lost() == 0))
        .row(
            "events told out of order or twice",
            Long.toString(figures.reordered()),
            "0",
            verdict(figures.reordered() == 0))
        .row(
            "events told to the reader that slept",
            Long.toString(figures.sleeper().events()),
            figures.plan().sleepEvents() + " or more",
            verdict(figures.sleeperHolds()));
  }

  private static String verdict(boolean holds) {
    return holds ? "met" : "MISSED";
  }

  private static Table lateness(FanoutFigures figures) {
    var table =
        new Table("what", "deliveries/s", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "max ms");
    for (Kind kind : Kind.values()) {
      Latencies told = figures.turn(kind).latencies();
      table.row(
          kind.title(),
          String.format(Locale.ROOT, "%.0f", told.perSecond()),
          decimal(told.millis(50)),
          decimal(told.millis(90)),
          decimal(told.millis(99)),
          decimal(told.millis(99.9)),
          decimal(told.millis(100)));
    }
    return table;
  }

  private static Table parts(FanoutFigures figures) {
    var table = new Table("from the call of the network", "p50 ms", "p99 ms");
    row(table, "until it is answered", figures.calls());
    row(table, "until the event is numbered", figures.untilRecorded());
    row(table, "until readers are told", figures.turn(Kind.SERVER).fromCalls().histogram());
    return table;
  }

  private static Table programs(FanoutFigures figures) {
    var table = new Table(titles());
    for (String program : PROGRAMS) {
      row(table, program, figures, work -> work.micros(work.of(program)));
    }
    row(table, "all that the machine did", figures, work -> work.micros(work.machine().busy()));
    row(table, "per cent of the processors busy", figures, work -> 100 * work.machine().share());
    row(table, "messages a second", figures, Work::messagesPerSecond);
    return table;
  }

  private static Table threads(FanoutFigures figures) {
    var table = new Table(titles());
    figures.turn(Kind.SERVER).work().threads().byName().entrySet().stream()
        .sorted(Map.Entry.<String, Duration>comparingByValue().reversed())
        .limit(MOST_THREADS)
        .map(Map.Entry::getKey)
        .forEach(name -> row(table, name, figures, work -> work.micros(worked(work, name))));
    return table;
  }

  private static Duration worked(Work work, String thread) {
    return work.threads().byName().getOrDefault(thread, Duration.ZERO);
  }

  private static String[] titles() {
    return Stream.concat(Stream.of("what"), Arrays.stream(MEASURED).map(Kind::title))
        .toArray(String[]::new);
  }

  private static void row(
      Table table, String name, FanoutFigures figures, ToDoubleFunction<Work> figure) {
    var cells = new ArrayList<>(List.of(name));
    for (Kind kind : MEASURED) {
      cells.add(decimal(figure.applyAsDouble(figures.turn(kind).work())));
    }
    table.row(cells.toArray(String[]::new));
  }

  private static void row(Table table, String name, Histogram times) {
    table.row(
        name,
        decimal(times.getValueAtPercentile(50) / NANOS_PER_MILLI),
        decimal(times.getValueAtPercentile(99) / NANOS_PER_MILLI));
  }

  private static String cost(FanoutFigures figures) {
    return String.format(
            Locale.ROOT,
            "A delivery takes %.1f us of a processor in the server, beyond what it does without readers;"
                + " %.1f us in the bare one.%nThe reader that slept was told %d events in %.1f s.",
            figures.costMicros(),
            figures.bareMicros(),
            figures.sleeper().events(),
            figures.sleeper().seconds())
        + room(figures);
  }

  /** What the tails are worth. */
  private static String room(FanoutFigures figures) {
    Work work = figures.turn(Kind.SERVER).work();
    String busy =
        String.format(
            Locale.ROOT,
            "%nWhile readers were told, %.0f messages a second came in and the processors were busy"
                + " for %.0f %% of their time.",
            work.messagesPerSecond(),
            100 * work.machine().share());
    return figures.saturated()
        ? busy
            + String.format(
                Locale.ROOT,
                " THE MACHINE WAS AT ITS LIMIT: the tails say how long work waited for a processor,"
                    + " not what the server needs. With about %.0f events a second it would have a"
                    + " fifth of its time left.",
                figures.rateWithRoom())
        : busy;
  }

  private static Chart chart(FanoutFigures figures) {
    return new Chart(
        "How late readers are told",
        Axis.percentiles(),
        Axis.logarithmic("ms"),
        Arrays.stream(Kind.values())
            .map(kind -> LatencyLines.of(kind.title(), figures.turn(kind).latencies()))
            .toList());
  }

  private static Map<String, Object> data(FanoutFigures figures) {
    var data = new LinkedHashMap<String, Object>();
    data.put("readers", figures.plan().readers());
    data.put("slow_readers", figures.plan().slow());
    data.put("stalled_readers", figures.plan().stalled());
    data.put("accounts", figures.plan().accounts());
    data.put("text_bytes", figures.plan().bytes());
    data.put("events", figures.events());
    data.put("lost", figures.lost());
    data.put("reordered", figures.reordered());
    data.put("stalled_effect_percent", figures.effect());
    data.put("processor_us_per_delivery", figures.costMicros());
    data.put("bare_processor_us_per_delivery", figures.bareMicros());
    data.put("saturated", figures.saturated());
    data.put("rate_with_room", figures.rateWithRoom());
    data.put("processor_us_per_message", byProgram(figures));
    data.put("slept_events", figures.sleeper().events());
    data.put("slept_seconds_to_tell", figures.sleeper().seconds());
    for (Kind kind : Kind.values()) {
      data.put(kind.name().toLowerCase(Locale.ROOT), latencies(figures.turn(kind).latencies()));
    }
    return data;
  }

  private static Map<String, Object> byProgram(FanoutFigures figures) {
    var data = new LinkedHashMap<String, Object>();
    for (Kind kind : MEASURED) {
      Work work = figures.turn(kind).work();
      var programs = new LinkedHashMap<String, Object>();
      work.programs().byName().forEach((name, time) -> programs.put(name, work.micros(time)));
      programs.put("machine", work.micros(work.machine().busy()));
      data.put(kind.name().toLowerCase(Locale.ROOT), programs);
    }
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
