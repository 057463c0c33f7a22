package dev.switchboard.loadtest.process;

import dev.switchboard.loadtest.run.LoadTestException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** One process that ends with the run, and with it the processes that it started. */
final class ChildProcess implements AutoCloseable {
  private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(30);
  private static final Duration PATIENCE_AFTER_STOP = Duration.ofSeconds(15);

  private final String name;
  private final Process process;
  private final ChildOutput output;

  private ChildProcess(String name, Process process, ChildOutput output) {
    this.name = name;
    this.process = process;
    this.output = output;
  }

  static ChildProcess start(
      String name, List<String> command, Map<String, String> environment, Pattern find, Path log) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      var child = new ChildProcess(name, process, new ChildOutput(find));
      Thread.ofPlatform() // A read of a pipe holds its carrier, and there are few.
          .daemon()
          .name(name + "-output")
          .start(() -> child.output.read(process.inputReader(), log));
      return child;
    } catch (IOException e) {
      throw new LoadTestException("the " + name + " could not be started", e);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** The failure to throw when the process did not do what was waited for. */
  LoadTestException failure(String what) {
    String state = alive() ? "is running" : "ended with code " + process.exitValue();
    return new LoadTestException(
        "the %s %s (%s). Its last lines:%n%s".formatted(name, what, state, output.tail()));
  }

  /** Waits until the text that was searched for is printed. */
  String awaitText(Duration patience) throws InterruptedException {
    try {
      return output.found().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw failure("did not print what was waited for");
    }
  }

  /**
   * Asks the process to end (SIGTERM), and after a while makes it. Also when this thread was
   * interrupted: nothing may be left behind.
   */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroy();
    end();
    descendants.forEach(descendant -> end(descendant, PATIENCE_AFTER_STOP));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Not by onExit, which may wait for descendants too: for whoever holds the output open. */
  private void end() {
    try {
      if (!process.waitFor(PATIENCE_AT_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Some end by themselves a moment later, such as the one that stops a database. */
  private static void end(ProcessHandle process, Duration patience) {
    try {
      process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
