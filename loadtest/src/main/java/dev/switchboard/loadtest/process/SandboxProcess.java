package dev.switchboard.loadtest.process;

import dev.switchboard.loadtest.run.JavaHome;
import dev.switchboard.loadtest.run.LoadTestException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The simulated network, alone in its own process. */
public final class SandboxProcess implements AutoCloseable {
  private static final Pattern NOTHING = Pattern.compile("(?!)");

  private final ChildProcess process;
  private final int controlPort;

  private SandboxProcess(ChildProcess process, int controlPort) {
    this.process = process;
    this.controlPort = controlPort;
  }

  /** Starts it on free ports; its output goes to {@code sandbox.log} in {@code logs}. */
  public static SandboxProcess start(Path serverJar, Path data, Path logs) {
    int port = FreePort.find();
    int controlPort = FreePort.find();
    var command =
        List.of(
            JavaHome.program("java"),
            "-XX:+UseSerialGC",
            "--sun-misc-unsafe-memory-access=allow",
            "-jar",
            serverJar.toString(),
            "sandbox",
            "--data",
            data.toString(),
            "--sandbox-port",
            Integer.toString(port),
            "--sandbox-control-port",
            Integer.toString(controlPort));
    return new SandboxProcess(
        ChildProcess.start("sandbox", command, Map.of(), NOTHING, logs.resolve("sandbox.log")),
        controlPort);
  }

  /** Where its control service listens, on loopback. */
  public int controlPort() {
    return controlPort;
  }

  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean alive() {
    return process.alive();
  }

  /** The failure to throw when it did not do what was waited for. */
  public LoadTestException failure(String what) {
    return process.failure(what);
  }

  @Override
  public void close() {
    process.close();
  }
}
