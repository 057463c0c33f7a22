package dev.switchboard.endtoend;

import dev.switchboard.Switchboard;
import dev.switchboard.configuration.ConfigurationFile;
import dev.switchboard.configuration.SwitchboardConfig;
import dev.switchboard.sandbox.Sandbox;
import dev.switchboard.sandbox.SandboxConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** A sandbox that stays, and a server that comes and goes, with the API's client. */
public final class Stage implements AutoCloseable {
  private static final String PROGRAMS = Path.of("target", "postgres-programs").toString();

  private final SwitchboardConfig config;
  private final Sandbox sandbox;
  private final String key;
  private Switchboard server;
  private Gateway gateway;

  /**
   * Starts both on free ports.
   *
   * @param settings of the server, by their path, beside those that lead it to the sandbox
   */
  public Stage(Path folder, long seed, Map<String, Object> settings) throws InterruptedException {
    sandbox = Sandbox.open(SandboxConfig.in(folder.resolve("sandbox")).withSeed(seed));
    config = ConfigurationFile.load(Optional.empty(), Map.of(), settings(folder, settings));
    server = Switchboard.open(config);
    key = server.firstKey().orElseThrow().secret();
    gateway = connect();
  }

  public Gateway gateway() {
    return gateway;
  }

  /** Where the server listens for HTTP, until it is started again. */
  int httpPort() {
    return server.httpPort();
  }

  /** An administrator's key. */
  String key() {
    return key;
  }

  /** The simulated network, for clients that connect to it themselves. */
  public Sandbox sandbox() {
    return sandbox;
  }

  /** Stops as SIGTERM does, and starts on what is stored. */
  public void restartServer() throws InterruptedException {
    stop();
    start();
  }

  /** As {@link #restartServer()}, while something happens to what is stored. */
  void restartServer(Meanwhile meanwhile) throws InterruptedException, IOException {
    stop();
    meanwhile.happen(config.data());
    start();
  }

  private void stop() {
    gateway.close();
    server.close();
  }

  private void start() throws InterruptedException {
    server = Switchboard.open(config);
    gateway = connect();
  }

  /** What happens while the server is down. */
  interface Meanwhile {
    void happen(Path data) throws IOException;
  }

  private Gateway connect() {
    return new Gateway(server.grpcPort(), sandbox.controlPort(), key);
  }

  private Map<String, Object> settings(Path folder, Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(more);
    all.put("data", folder.resolve("data").toString());
    all.put("grpc.port", 0);
    all.put("http.port", 0);
    all.put("database.programs", PROGRAMS);
    all.put("sandbox.embedded", false);
    all.put("sandbox.url", "wss://localhost:" + sandbox.port() + "/ws/chat");
    all.put("sandbox.noise-root", HexFormat.of().formatHex(sandbox.noiseRootKey()));
    all.put("sandbox.certificate", sandbox.certificate().toString());
    return all;
  }

  @Override
  public void close() {
    gateway.close();
    server.close();
    sandbox.close();
  }
}
