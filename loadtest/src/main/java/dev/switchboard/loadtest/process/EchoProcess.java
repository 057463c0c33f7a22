package dev.switchboard.loadtest.process;

import dev.switchboard.loadtest.echo.EchoServer;
import dev.switchboard.loadtest.run.JavaHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The echo in its own process, under the same flags as the server. */
public final class EchoProcess implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("(?<=listening on port )\\d+");

  private final ChildProcess process;
  private final int port;

  private EchoProcess(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it and waits until it listens. */
  public static EchoProcess start(List<String> options, Path logs, Duration patience)
      throws InterruptedException {
    var command = new ArrayList<String>();
    command.add(JavaHome.program("java"));
    command.addAll(options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), EchoServer.class.getName()));
    var child = ChildProcess.start("echo", command, Map.of(), PORT, logs.resolve("echo.log"));
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

  @Override
  public void close() {
    process.close();
  }
}
