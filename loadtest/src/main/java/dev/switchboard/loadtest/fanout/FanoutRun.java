package dev.switchboard.loadtest.fanout;

import dev.switchboard.loadtest.client.EventClient;
import dev.switchboard.loadtest.client.GatewayClient;
import dev.switchboard.loadtest.fanout.FanoutFigures.Kind;
import dev.switchboard.loadtest.fanout.FanoutFigures.Sleeper;
import dev.switchboard.loadtest.fanout.FanoutFigures.Turn;
import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.process.EchoProcess;
import dev.switchboard.loadtest.process.Postmaster;
import dev.switchboard.loadtest.process.ServerProcess;
import dev.switchboard.loadtest.run.LoadTestException;
import dev.switchboard.loadtest.run.Progress;
import dev.switchboard.loadtest.stage.Accounts;
import dev.switchboard.loadtest.stage.Accounts.Linked;
import dev.switchboard.loadtest.stage.Stage;
import dev.switchboard.loadtest.stage.StagePlan;
import dev.switchboard.loadtest.stage.Writers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;

/** Server and bare stream take turns, so that what else the machine does hits all of them. */
final class FanoutRun {
  private final FanoutPlan plan;
  private final StagePlan stagePlan;
  private final Machine machine;
  private final Progress progress;
  private final Map<Kind, Turn> turns = new EnumMap<>(Kind.class);

  FanoutRun(FanoutPlan plan, StagePlan stagePlan, Machine machine, Progress progress) {
    this.plan = plan;
    this.stagePlan = stagePlan;
    this.machine = machine;
    this.progress = progress;
  }

  FanoutFigures measure() throws InterruptedException {
    try (var stage = Stage.open(stagePlan);
        var process = ServerProcess.start(stage.server(Map.of()))) {
      progress.say("the server starts");
      String key = process.awaitKey(plan.patience());
      List<String> people = stage.people(plan.accounts(), false);
      List<Linked> accounts;
      try (GatewayClient gateway = stage.client(process, key, plan.patience())) {
        accounts = Accounts.link(gateway, stage.sandbox(), plan.accounts(), plan.patience());
      }
      progress.say("%d accounts are linked", accounts.size());
      var source =
          new Writers(
              stage.sandbox(),
              accounts,
              people,
              plan.rate(),
              (_, now) -> Stamp.text(now, plan.bytes()));
      var departures = new Departures();
      source.onSent(departures::left);
      try (var witness = new Witness(new EventClient(process.grpcPort(), key))) {
        witness.begin(Map.of());
        witness.awaitBegin(plan.patience());
        var workers =
            new Workers(
                process.pid(),
                Postmaster.of(stagePlan.data().resolve("server")),
                stage.pid(),
                OptionalLong.empty());
        return told(new Scene(process.grpcPort(), key, source, departures, witness, workers));
      }
    }
  }

  /** What all turns have. */
  private record Scene(
      int port,
      String key,
      Writers source,
      Departures departures,
      Witness witness,
      Workers workers) {
    Scene with(EchoProcess bare) {
      var all =
          new Workers(
              workers.server(), workers.database(), workers.network(), OptionalLong.of(bare.pid()));
      return new Scene(port, key, source, departures, witness, all);
    }
  }

  private FanoutFigures told(Scene scene) throws InterruptedException {
    warm(scene, Kind.SERVER, scene.port());
    try (var bare = bare(scene.witness());
        var sleeper =
            new Subscriber(new EventClient(scene.port(), scene.key()), true, new Window())) {
      warm(scene, Kind.BARE_QUIET, bare.port());
      sleeper.begin(scene.witness().sequences().last());
      sleeper.awaitBegin(plan.patience());
      long asleep = scene.source().written();
      for (int round = 0; round < plan.rounds(); round++) {
        round(scene.with(bare), bare.port(), round);
      }
      letSleep(scene, asleep);
      return figures(scene, woken(scene, sleeper));
    }
  }

  /** The servers begin in another order each time. */
  private void round(Scene scene, int bare, int round) throws InterruptedException {
    var order = new ArrayList<>(List.of(Kind.values()));
    Collections.rotate(order, round);
    for (Kind kind : order) {
      int port = kind.bare() ? bare : scene.port();
      Turn turn = turn(scene, kind, port, plan.lead(), plan.time());
      turns.merge(kind, turn, Turn::plus);
      progress.say(
          "round %d of %d: %s %.0f/s, p50 %.2f ms, p99 %.2f ms, processors %.0f %% busy",
          round + 1,
          plan.rounds(),
          kind.title(),
          turn.latencies().perSecond(),
          turn.latencies().millis(50),
          turn.latencies().millis(99),
          100 * turn.work().machine().share());
    }
  }

  private void warm(Scene scene, Kind kind, int port) throws InterruptedException {
    Turn turn = turn(scene, kind, port, Duration.ZERO, plan.warmUp());
    progress.say("%s is warm: p99 %.2f ms", kind.title(), turn.latencies().millis(99));
  }

  /** Nothing is on its way before it and after it. */
  private Turn turn(Scene scene, Kind kind, int port, Duration lead, Duration time)
      throws InterruptedException {
    Map<String, Long> begin = kind.bare() ? Map.of() : scene.witness().sequences().last();
    scene.departures().clear();
    Crowd.Size size = kind == Kind.SERVER_STALLED ? plan.beside() : plan.alone();
    try (Crowd crowd = Crowd.open(port, scene.key(), size, begin, plan.patience())) {
      if (kind != Kind.BARE_QUIET) {
        scene.source().begin();
      }
      Thread.sleep(lead);
      crowd.window().open();
      Work before = scene.workers().now(scene.source().written());
      Thread.sleep(time);
      Work work = scene.workers().now(scene.source().written()).minus(before);
      crowd.window().close();
      scene.source().end();
      scene.witness().await(scene.source().written(), plan.patience());
      Map<String, Long> there = kind.bare() ? Map.of() : scene.witness().sequences().last();
      crowd.awaitAll(there, plan.patience());
      return new Turn(
          crowd.latencies(scene.departures()::of),
          crowd.latencies(LongUnaryOperator.identity()),
          crowd.missing(there),
          crowd.reordered(),
          work);
    }
  }

  /** What is told by a bare stream is an event of the server, with another time and sequence. */
  private EchoProcess bare(Witness witness) throws InterruptedException {
    Path template = stagePlan.data().resolve("event.bin");
    try {
      Files.write(template, witness.newest().toByteArray());
    } catch (IOException e) {
      throw new LoadTestException("a file of the run cannot be written", e);
    }
    return EchoProcess.start(
        BareStream.class,
        List.of(template.toString(), String.format(Locale.ROOT, "%f", plan.rate())),
        plan.serverOptions(),
        stagePlan.logs().resolve("bare.log"),
        plan.patience());
  }

  private void letSleep(Scene scene, long asleep) throws InterruptedException {
    Writers source = scene.source();
    long until = asleep + plan.sleepEvents();
    if (source.written() < until) {
      progress.say("%d more events pass while a reader sleeps", until - source.written());
      source.begin();
      source.await(until);
      source.end();
      scene.witness().await(source.written(), plan.patience());
    }
  }

  private Sleeper woken(Scene scene, Subscriber sleeper) throws InterruptedException {
    Map<String, Long> there = scene.witness().sequences().last();
    Progress.Stopwatch time = progress.start();
    sleeper.readAll();
    while (sleeper.sequences().missing(there) > 0
        && time.elapsed().compareTo(plan.patience()) < 0) {
      Thread.sleep(Duration.ofMillis(10));
    }
    double seconds = time.elapsed().toMillis() / 1e3;
    var told = sleeper.sequences();
    progress.say("the reader that slept was told %d events in %.1f s", told.count(), seconds);
    return new Sleeper(
        told.count(), seconds, told.missing(there), told.reordered() + told.repeated());
  }

  private FanoutFigures figures(Scene scene, Sleeper sleeper) {
    Writers source = scene.source();
    return new FanoutFigures(
        plan,
        machine,
        turns,
        sleeper,
        source.calls(),
        scene.witness().untilRecorded(),
        source.written());
  }
}
