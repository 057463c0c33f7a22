package dev.switchboard.loadtest.stage;

import dev.switchboard.api.sandbox.v1.GetSandboxResponse;
import dev.switchboard.loadtest.client.GatewayClient;
import dev.switchboard.loadtest.client.SandboxClient;
import dev.switchboard.loadtest.process.SandboxProcess;
import dev.switchboard.loadtest.process.ServerProcess;
import dev.switchboard.loadtest.run.LoadTestException;
import dev.switchboard.loadtest.run.Parallel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The simulated network in its own process, and how to start a server that uses it. */
public final class Stage implements AutoCloseable {
  private static final int AT_ONCE = 8;

  private final StagePlan plan;
  private final SandboxProcess process;
  private final SandboxClient sandbox;

  private Stage(StagePlan plan, SandboxProcess process, SandboxClient sandbox) {
    this.plan = plan;
    this.process = process;
    this.sandbox = sandbox;
  }

  /** Starts the network and waits until it answers. */
  public static Stage open(StagePlan plan) throws InterruptedException {
    var process =
        SandboxProcess.start(plan.serverJar(), plan.data().resolve("network"), plan.logs());
    var stage = new Stage(plan, process, new SandboxClient(process.controlPort(), plan.patience()));
    boolean answers = false;
    try {
      answers = stage.sandbox.awaitStart(process::alive);
    } finally {
      if (!answers) {
        stage.close();
      }
    }
    if (!answers) {
      throw process.failure("did not answer");
    }
    return stage;
  }

  public SandboxClient sandbox() {
    return sandbox;
  }

  /** The process of the network. */
  public long pid() {
    return process.pid();
  }

  /** Makes people with phones; every second one answers each text with the same text. */
  public List<String> people(int count, boolean halfOfThemEcho) throws InterruptedException {
    String[] numbers = new String[count];
    Parallel.forEach(
        IntStream.range(0, count).boxed().toList(),
        AT_ONCE,
        index -> {
          String name = String.format(Locale.ROOT, "Peer %05d", index);
          boolean echoes = halfOfThemEcho && index % 2 == 0;
          numbers[index] = echoes ? sandbox.createEcho(name) : sandbox.createSilent(name);
        });
    return List.copyOf(Arrays.asList(numbers));
  }

  /**
   * How to start a server of this network.
   *
   * @param settings what its configuration says, by paths below {@code switchboard}
   */
  public ServerProcess.Plan server(Map<String, String> settings) {
    GetSandboxResponse described = sandbox.describe();
    Path configuration =
        written(
            "server.conf",
            settings.entrySet().stream()
                .map(entry -> "switchboard." + entry.getKey() + " = " + entry.getValue() + "\n")
                .collect(Collectors.joining()));
    return new ServerProcess.Plan(
        plan.serverJar(),
        plan.serverOptions(),
        plan.data().resolve("server"),
        Map.of(
            "SWITCHBOARD_SANDBOX_EMBEDDED", "false",
            "SWITCHBOARD_SANDBOX_URL", described.getWebsocketUrl(),
            "SWITCHBOARD_SANDBOX_NOISE_ROOT", described.getNoiseRootHex(),
            "SWITCHBOARD_SANDBOX_CERTIFICATE", certificate().toString()),
        plan.logs().resolve("server.log"),
        List.of("--config", configuration.toString()));
  }

  /** A file with the certificate that clients of the network must trust. */
  public Path certificate() {
    return written("sandbox-certificate.pem", sandbox.describe().getCertificatePem());
  }

  /** A client of a server that was just started; returns when it answers. */
  public GatewayClient client(ServerProcess server, String key, Duration patience)
      throws InterruptedException {
    var gateway = new GatewayClient(server.grpcPort(), key, patience);
    if (!gateway.awaitStart(server::alive)) {
      gateway.close();
      throw server.failure("did not answer");
    }
    return gateway;
  }

  private Path written(String name, String text) {
    try {
      return Files.writeString(plan.data().resolve(name), text);
    } catch (IOException e) {
      throw new LoadTestException("a file of the run cannot be written: " + name, e);
    }
  }

  @Override
  public void close() {
    sandbox.close();
    process.close();
  }
}
