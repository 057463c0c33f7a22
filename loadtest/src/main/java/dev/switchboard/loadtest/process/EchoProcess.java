package dev.switchboard.loadtest.process;

import dev.switchboard.loadtest.echo.EchoServer;
import dev.switchboard.loadtest.run.JavaHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A program that the server is compared with, in its own process, under the same flags. */
public final class EchoProcess implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("(?<=listening on port )\\d+");

  private final ChildProcess process;
  private final int port;

  private EchoProcess(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts the echo and waits until it listens. */
  public static EchoProcess start(List<String> options, Path logs, Duration patience)
      throws InterruptedException {
    return start(EchoServer.class, List.of(), options, logs.resolve("echo.log"), patience);
  }

  /** Starts a program that says on which port it listens, and waits until it does. */
  public static EchoProcess start(
      Class<?> program, List<String> arguments, List<String> options, Path log, Duration patience)
      throws InterruptedException {
    var command = new ArrayList<String>();
    command.add(JavaHome.program("java"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(arguments);
    var child = ChildProcess.start(program.getSimpleName(), command, Map.of(), PORT, log);
    try {
      return new EchoProcess(child, Integer.parseInt(child.awaitText(patience)));
    } catch (InterruptedException | RuntimeException e) {
      child.close();
      throw e;
    }
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.close();
  }
}
