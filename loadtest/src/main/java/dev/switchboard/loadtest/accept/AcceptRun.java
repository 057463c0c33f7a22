package dev.switchboard.loadtest.accept;

import dev.switchboard.loadtest.accept.AcceptFigures.Triple;
import dev.switchboard.loadtest.client.GatewayClient;
import dev.switchboard.loadtest.client.ServerMetrics;
import dev.switchboard.loadtest.commit.CommitRun;
import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.measure.ProcessorTime;
import dev.switchboard.loadtest.measure.ThreadTimes;
import dev.switchboard.loadtest.process.EchoProcess;
import dev.switchboard.loadtest.process.Postmaster;
import dev.switchboard.loadtest.process.ServerProcess;
import dev.switchboard.loadtest.run.Progress;
import dev.switchboard.loadtest.stage.Accounts;
import dev.switchboard.loadtest.stage.Stage;
import dev.switchboard.loadtest.stage.StagePlan;
import java.time.Duration;
import java.util.Map;

/** Echo, server and journal take turns, so that what else the machine does hits all of them. */
final class AcceptRun {
  static final String INSTANCE = "load-00000";

  /** The account is stopped and nothing leaves, so that the queue takes all that is accepted. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "outbox.queue-limit", "10000000",
          "outbox.total-limit", "10000000",
          "outbox.request-memory", "10000000");

  private static final String FLUSHES = "switchboard_journal_flushes_total";

  private final AcceptPlan plan;
  private final StagePlan stagePlan;
  private final Machine machine;
  private final Progress progress;
  private long flushes;
  private long commitFlushes;
  private int journals;
  private ThreadTimes echoTimes = ThreadTimes.none();
  private ThreadTimes acceptTimes = ThreadTimes.none();

  AcceptRun(AcceptPlan plan, StagePlan stagePlan, Machine machine, Progress progress) {
    this.plan = plan;
    this.stagePlan = stagePlan;
    this.machine = machine;
    this.progress = progress;
  }

  AcceptFigures measure() throws InterruptedException {
    try (var stage = Stage.open(stagePlan);
        var process = ServerProcess.start(stage.server(SETTINGS))) {
      progress.say("the server starts");
      String key = process.awaitKey(plan.patience());
      try (GatewayClient gateway = stage.client(process, key, plan.patience())) {
        var _ = Accounts.link(gateway, stage.sandbox(), 1, plan.patience());
        gateway.stop(INSTANCE);
      }
      return beside(process, key);
    }
  }

  private AcceptFigures beside(ServerProcess process, String key) throws InterruptedException {
    try (var echoProcess =
            EchoProcess.start(plan.serverOptions(), stagePlan.logs(), plan.patience());
        var echo = new Subject(echoProcess.port(), key, plan);
        var server = new Subject(process.grpcPort(), key, plan)) {
      progress.say("echo and server are warmed up for %d s each", plan.warmUp().toSeconds());
      var _ = echo.measure(plan.callers(), plan.warmUp());
      var _ = server.measure(plan.callers(), plan.warmUp());
      Triple alone = Triple.none();
      Triple crowded = Triple.none();
      for (int round = 1; round <= plan.rounds(); round++) {
        alone = alone.plus(turn(echo, server, process, 1));
        var echoBefore = ThreadTimes.of(echoProcess.pid());
        crowded = crowded.plus(turn(echo, server, process, plan.callers()));
        echoTimes = echoTimes.plus(ThreadTimes.of(echoProcess.pid()).minus(echoBefore));
        progress.say("round %d of %d is measured", round, plan.rounds());
      }
      return new AcceptFigures(
          plan,
          machine,
          alone,
          crowded,
          flushes,
          commitFlushes,
          server.refused(),
          echoTimes,
          acceptTimes);
    }
  }

  private Triple turn(Subject echo, Subject server, ServerProcess process, int callers)
      throws InterruptedException {
    Latencies echoed = echo.measure(callers, plan.time());
    long before = flushes(process);
    ThreadTimes timesBefore = times(process);
    Latencies accepted = server.measure(callers, plan.time());
    ThreadTimes worked = times(process).minus(timesBefore);
    long flushed = flushes(process) - before;
    CommitRun committed = committed(callers);
    if (callers > 1) {
      flushes += flushed;
      commitFlushes += committed.flushes();
      acceptTimes = acceptTimes.plus(worked);
    }
    progress.say(
        "%3d callers: echo %.0f/s, accept %.0f/s (p50 %.2f ms, p99 %.2f ms), commit %.0f/s",
        callers,
        echoed.perSecond(),
        accepted.perSecond(),
        accepted.millis(50),
        accepted.millis(99),
        committed.latencies().perSecond());
    return new Triple(echoed, accepted, committed.latencies());
  }

  private ThreadTimes times(ServerProcess process) {
    ThreadTimes own = ThreadTimes.of(process.pid());
    return own.with(
        "PostgreSQL", ProcessorTime.ofFamily(Postmaster.of(stagePlan.data().resolve("server"))));
  }

  private static long flushes(ServerProcess process) throws InterruptedException {
    return ServerMetrics.counter(process.httpPort(), FLUSHES);
  }

  private CommitRun committed(int callers) throws InterruptedException {
    return CommitRun.of(
        stagePlan.serverJar(),
        plan.serverOptions(),
        stagePlan.data().resolve("journal-" + journals++),
        callers,
        Duration.ofMillis(Math.min(plan.warmUp().toMillis(), plan.time().toMillis())),
        plan.time(),
        plan.bytes());
  }
}
