package dev.switchboard.randomised;

import dev.switchboard.Switchboard;
import dev.switchboard.configuration.ConfigurationFile;
import dev.switchboard.configuration.SwitchboardConfig;
import dev.switchboard.endtoend.Gateway;
import dev.switchboard.sandbox.Sandbox;
import dev.switchboard.sandbox.SandboxConfig;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sandbox that stays, and a server that comes and goes, with the API's client. */
final class Stage implements AutoCloseable {
  private static final String PROGRAMS = Path.of("target", "postgres-programs").toString();

  private final SwitchboardConfig config;
  private final Sandbox sandbox;
  private final String key;
  private Switchboard server;
  private Gateway gateway;

  Stage(Path folder, long seed) throws InterruptedException {
    sandbox = Sandbox.open(SandboxConfig.in(folder.resolve("sandbox")).withSeed(seed));
    config = ConfigurationFile.load(Optional.empty(), Map.of(), settings(folder));
    server = Switchboard.open(config);
    key = server.firstKey().orElseThrow().secret();
    gateway = connect();
  }

  Gateway gateway() {
    return gateway;
  }

  /** Stops as SIGTERM does, and starts on what is stored. */
  void restartServer() throws InterruptedException {
    gateway.close();
    server.close();
    server = Switchboard.open(config);
    gateway = connect();
  }

  private Gateway connect() {
    return new Gateway(server.grpcPort(), sandbox.controlPort(), key);
  }

  /** Waits are short, so that a run of thousands of steps is over in minutes. */
  private Map<String, Object> settings(Path folder) {
    return Map.ofEntries(
        Map.entry("data", folder.resolve("data").toString()),
        Map.entry("grpc.port", 0),
        Map.entry("http.port", 0),
        Map.entry("database.programs", PROGRAMS),
        Map.entry("sandbox.embedded", false),
        Map.entry("sandbox.url", "wss://localhost:" + sandbox.port() + "/ws/chat"),
        Map.entry("sandbox.noise-root", HexFormat.of().formatHex(sandbox.noiseRootKey())),
        Map.entry("sandbox.certificate", sandbox.certificate().toString()),
        Map.entry("instances.reconnect-base", "50 milliseconds"),
        Map.entry("instances.reconnect-cap", "500 milliseconds"),
        Map.entry("instances.liveness.silence", "3 seconds"),
        Map.entry("instances.liveness.answer-limit", "3 seconds"),
        Map.entry("instances.liveness.acknowledgement-limit", "5 seconds"),
        Map.entry("instances.liveness.heal-after", "1 second"),
        Map.entry("instances.liveness.heals-per-hour", 1_000),
        Map.entry(
            "outbox.retry-delays",
            List.of("200 milliseconds", "500 milliseconds", "1 second", "2 seconds", "5 seconds")));
  }

  @Override
  public void close() {
    gateway.close();
    server.close();
    sandbox.close();
  }
}
