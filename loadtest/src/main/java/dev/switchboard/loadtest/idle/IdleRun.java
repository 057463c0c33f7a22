package dev.switchboard.loadtest.idle;

import dev.switchboard.api.sandbox.v1.GetSandboxResponse;
import dev.switchboard.loadtest.client.GatewayClient;
import dev.switchboard.loadtest.client.SandboxClient;
import dev.switchboard.loadtest.measure.Collector;
import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.measure.MachineTime;
import dev.switchboard.loadtest.measure.Snapshot;
import dev.switchboard.loadtest.process.SandboxProcess;
import dev.switchboard.loadtest.process.ServerProcess;
import dev.switchboard.loadtest.run.LoadTestException;
import dev.switchboard.loadtest.run.Parallel;
import dev.switchboard.loadtest.run.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Links accounts to an empty server, lets them idle, restarts it, and measures at each step. */
final class IdleRun {
  private final IdlePlan plan;
  private final Path serverJar;
  private final Path data;
  private final Path logs;
  private final Progress progress;

  IdleRun(IdlePlan plan, Path serverJar, Path data, Path logs, Progress progress) {
    this.plan = plan;
    this.serverJar = serverJar;
    this.data = data;
    this.logs = logs;
    this.progress = progress;
  }

  IdleFigures measure() throws InterruptedException {
    progress.say("starting the sandbox in its own process");
    try (var process = SandboxProcess.start(serverJar, data.resolve("network"), logs);
        var sandbox = new SandboxClient(process.controlPort(), plan.patience())) {
      if (!sandbox.awaitStart(process::alive)) {
        throw process.failure("did not answer");
      }
      List<String> people = createPeople(sandbox);
      progress.say("%d people who echo live in the sandbox", people.size());
      return new Measured(server(sandbox.describe()), sandbox, people).measure();
    }
  }

  private List<String> createPeople(SandboxClient sandbox) throws InterruptedException {
    String[] numbers = new String[plan.people()];
    Parallel.forEach(
        IntStream.range(0, numbers.length).boxed().toList(),
        plan.parallel(),
        index ->
            numbers[index] = sandbox.createEcho(String.format(Locale.ROOT, "Peer %05d", index)));
    return List.copyOf(Arrays.asList(numbers));
  }

  private ServerProcess.Plan server(GetSandboxResponse sandbox) {
    Path certificate = data.resolve("sandbox-certificate.pem");
    try {
      Files.writeString(certificate, sandbox.getCertificatePem());
    } catch (IOException e) {
      throw new LoadTestException("the sandbox's certificate cannot be written", e);
    }
    return new ServerProcess.Plan(
        serverJar,
        plan.serverOptions(),
        data.resolve("server"),
        Map.of(
            "SWITCHBOARD_SANDBOX_EMBEDDED", "false",
            "SWITCHBOARD_SANDBOX_URL", sandbox.getWebsocketUrl(),
            "SWITCHBOARD_SANDBOX_NOISE_ROOT", sandbox.getNoiseRootHex(),
            "SWITCHBOARD_SANDBOX_CERTIFICATE", certificate.toString()),
        logs.resolve("server.log"),
        List.of());
  }

  /** The part of the run in which the sandbox stands. */
  private final class Measured {
    private final ServerProcess.Plan server;
    private final SandboxClient sandbox;
    private final List<String> people;

    Measured(ServerProcess.Plan server, SandboxClient sandbox, List<String> people) {
      this.server = server;
      this.sandbox = sandbox;
      this.people = people;
    }

    IdleFigures measure() throws InterruptedException {
      Machine machine = Machine.here(serverJar);
      Linked linked = link();
      Restarted restarted = restart(linked.key());
      return new IdleFigures(
          plan,
          machine.after(MachineTime.now()),
          linked.collector(),
          linked.empty(),
          linked.first(),
          linked.full(),
          restarted.snapshot(),
          linked.time(),
          restarted.ready());
    }

    private Linked link() throws InterruptedException {
      progress.say("starting the server");
      try (var process = ServerProcess.start(server)) {
        String key = process.awaitKey(plan.patience());
        try (var gateway = open(process, key)) {
          Snapshot empty = snapshot(process, "empty");
          var linking = new Linking(plan, gateway, sandbox, people, progress);
          Duration taken = timed(() -> linking.link(plan.firstPart()));
          Snapshot first = snapshot(process, "with " + plan.firstPart().size() + " accounts");
          taken = taken.plus(timed(() -> linking.link(plan.secondPart())));
          linking.awaitReady(plan.all());
          Snapshot full = snapshot(process, "with all accounts");
          return new Linked(key, Collector.of(process.pid()), empty, first, full, taken);
        }
      }
    }

    private Restarted restart(String key) throws InterruptedException {
      progress.say("restarting the server");
      Progress.Stopwatch time = progress.start();
      try (var process = ServerProcess.start(server.withLog(logs.resolve("server-restarted.log")));
          var gateway = open(process, key)) {
        gateway
            .watchStates()
            .awaitReady(plan.all().stream().map(Account::instanceId).toList(), plan.patience());
        Duration ready = time.elapsed();
        progress.say("all accounts are READY again after %.1f s", ready.toMillis() / 1e3);
        return new Restarted(snapshot(process, "after the restart"), ready);
      }
    }

    private Duration timed(Step step) throws InterruptedException {
      Progress.Stopwatch time = progress.start();
      step.run();
      return time.elapsed();
    }

    private GatewayClient open(ServerProcess process, String key) throws InterruptedException {
      var gateway = new GatewayClient(process.grpcPort(), key, plan.patience());
      if (!gateway.awaitStart(process::alive)) {
        gateway.close();
        throw process.failure("did not answer");
      }
      return gateway;
    }

    private Snapshot snapshot(ServerProcess process, String when) throws InterruptedException {
      Snapshot.collect(process.pid());
      Thread.sleep(plan.settling());
      var snapshot = Snapshot.of(process.pid());
      progress.say(
          "the server %s: %.1f MB of live heap, %.1f MB RSS, %d threads",
          when,
          snapshot.liveBytes() / 1024.0 / 1024.0,
          snapshot.status().rssKilobytes() / 1024.0,
          snapshot.status().threads());
      return snapshot;
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws InterruptedException;
  }

  private record Linked(
      String key, String collector, Snapshot empty, Snapshot first, Snapshot full, Duration time) {}

  private record Restarted(Snapshot snapshot, Duration ready) {}
}
