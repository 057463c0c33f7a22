package dev.switchboard.loadtest.process;

import dev.switchboard.loadtest.run.JavaHome;
import dev.switchboard.loadtest.run.LoadTestException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The server under test in its own process. */
public final class ServerProcess implements AutoCloseable {
  /** An administrator's key, printed once at the first start on a data directory. */
  private static final Pattern KEY = Pattern.compile("sbk_[0-9a-f]{64}");

  private final ChildProcess process;
  private final int grpcPort;
  private final int httpPort;

  private ServerProcess(ChildProcess process, int grpcPort, int httpPort) {
    this.process = process;
    this.grpcPort = grpcPort;
    this.httpPort = httpPort;
  }

  /**
   * How to start it.
   *
   * @param jar the program
   * @param jvmOptions flags before the jar
   * @param data its data directory; a second start on the same one is a restart
   * @param environment its settings beside the ports
   * @param log where its output goes
   * @param arguments more of the command line, such as {@code --config}
   * @param prefix a program that becomes the server, such as one that enters another namespace
   */
  public record Plan(
      Path jar,
      List<String> jvmOptions,
      Path data,
      Map<String, String> environment,
      Path log,
      List<String> arguments,
      List<String> prefix) {
    public Plan {
      jvmOptions = List.copyOf(jvmOptions);
      arguments = List.copyOf(arguments);
      environment = Map.copyOf(environment);
      prefix = List.copyOf(prefix);
    }

    /** Started as it is. */
    public Plan(
        Path jar,
        List<String> jvmOptions,
        Path data,
        Map<String, String> environment,
        Path log,
        List<String> arguments) {
      this(jar, jvmOptions, data, environment, log, arguments, List.of());
    }

    /** The same with its output elsewhere. */
    public Plan withLog(Path other) {
      return new Plan(jar, jvmOptions, data, environment, other, arguments, prefix);
    }

    /** The same behind another program. */
    public Plan withPrefix(List<String> other) {
      return new Plan(jar, jvmOptions, data, environment, log, arguments, other);
    }
  }

  /** Starts it on free ports. */
  public static ServerProcess start(Plan plan) {
    int grpcPort = FreePort.find();
    int httpPort = FreePort.find();
    var command = new ArrayList<>(plan.prefix());
    command.add(JavaHome.program("java"));
    command.addAll(plan.jvmOptions());
    command.addAll(List.of("-jar", plan.jar().toString(), "--data", plan.data().toString()));
    command.addAll(List.of("--grpc-port", Integer.toString(grpcPort)));
    command.addAll(List.of("--http-port", Integer.toString(httpPort)));
    command.addAll(plan.arguments());
    return new ServerProcess(
        ChildProcess.start("server", command, plan.environment(), KEY, plan.log()),
        grpcPort,
        httpPort);
  }

  /** Waits for the administrator's key; only on the first start on a data directory. */
  public String awaitKey(Duration patience) throws InterruptedException {
    return process.awaitText(patience);
  }

  /** Where its gRPC surface listens, on loopback. */
  public int grpcPort() {
    return grpcPort;
  }

  /** Where its HTTP surface listens, on loopback. */
  public int httpPort() {
    return httpPort;
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

  /** Ends it as a crash does (SIGKILL), and returns when it is gone. What it started stays. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  /** Stops it as an operator would, by SIGTERM. */
  @Override
  public void close() {
    process.close();
  }
}
