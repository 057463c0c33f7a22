package dev.switchboard.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, so that it can be killed. */
final class ServerProcess implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Pattern GRPC = Pattern.compile("gRPC\\s+\\S+:(\\d+)");
  private static final Pattern HTTP = Pattern.compile("HTTP\\s+http://127.0.0.1:(\\d+)");
  private static final Pattern SANDBOX =
      Pattern.compile("wss://localhost:(\\d+)/ws/chat {2}\\(control service 127.0.0.1:(\\d+)\\)");
  private static final Pattern NOISE_ROOT = Pattern.compile("noise root\\s+([0-9a-f]{64})");
  private static final Pattern KEY = Pattern.compile("(sbk_[0-9a-f]{64})");
  private static final String LAST_LINE = "Stop: Ctrl-C";

  private final Process process;
  private final String welcome;

  private ServerProcess(Process process, String welcome) {
    this.process = process;
    this.welcome = welcome;
  }

  /** Starts a server on free ports and waits until it says that it is running. */
  static ServerProcess start(Path data) {
    return start(data, Map.of());
  }

  static ServerProcess start(Path data, Map<String, String> environment) {
    Process process =
        launch(
            environment,
            "--data",
            data.toString(),
            "--grpc-port",
            "0",
            "--http-port",
            "0",
            "--sandbox-port",
            "0",
            "--sandbox-control-port",
            "0");
    return new ServerProcess(process, readWelcome(process));
  }

  /** Starts the program with these arguments. */
  static Process launch(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dlogback.configurationFile=logback.xml", // The product's own, not the tests'.
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "dev.switchboard.command.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SWITCHBOARD_DATABASE_PROGRAMS", programs().toString());
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Shared by all tests: unpacking takes longer than a test. */
  static Path programs() {
    return Path.of("target", "postgres-programs").toAbsolutePath();
  }

  int grpcPort() {
    return Integer.parseInt(find(GRPC, 1));
  }

  int httpPort() {
    return Integer.parseInt(find(HTTP, 1));
  }

  int sandboxPort() {
    return Integer.parseInt(find(SANDBOX, 1));
  }

  int sandboxControlPort() {
    return Integer.parseInt(find(SANDBOX, 2));
  }

  String noiseRoot() {
    return find(NOISE_ROOT, 1);
  }

  /** The administrator's key; printed on the first start of a data directory only. */
  String key() {
    return find(KEY, 1);
  }

  boolean printsKey() {
    return KEY.matcher(welcome).find();
  }

  /** Kills it as a crash would: nothing is flushed, nobody is told. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the server survived SIGKILL");
    }
  }

  /** Asks it to stop and answers with its exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the server did not stop");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private String find(Pattern pattern, int group) {
    Matcher matcher = pattern.matcher(welcome);
    if (!matcher.find()) {
      throw new AssertionError("the server did not say " + pattern + ":\n" + welcome);
    }
    return matcher.group(group);
  }

  private static String readWelcome(Process process) {
    StringBuilder said = new StringBuilder();
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    try {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        said.append(line).append('\n');
        if (line.contains(LAST_LINE)) {
          drain(reader);
          return said.toString();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("the server did not start:\n" + said);
  }

  /** What it logs later is kept for whoever looks into a failure. */
  private static void drain(BufferedReader reader) {
    Thread.ofPlatform() // A read of a pipe holds its carrier, and there are few.
        .daemon()
        .name("server-output")
        .start(() -> {
          try (var log = Files.newBufferedWriter(Files.createTempFile("server", ".log"))) {
            reader.transferTo(log);
          } catch (IOException e) {
            // The process was killed in the middle of a line.
          }
        });
  }
}
