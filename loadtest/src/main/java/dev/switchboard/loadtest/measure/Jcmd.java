package dev.switchboard.loadtest.measure;

import dev.switchboard.loadtest.run.JavaHome;
import dev.switchboard.loadtest.run.LoadTestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Asks another JVM about itself with the diagnostic commands of its JDK. Never this one: it would
 * stop to answer and could not read the answer.
 */
public final class Jcmd {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final long pid;

  public Jcmd(long pid) {
    this.pid = pid;
  }

  /** What the JVM answers to a command such as {@code GC.heap_info}. */
  public String ask(String command) throws InterruptedException {
    try {
      Path answer = Files.createTempFile("jcmd-", ".txt");
      try {
        return run(command, answer);
      } finally {
        Files.deleteIfExists(answer);
      }
    } catch (IOException e) {
      throw new LoadTestException("jcmd " + command + " could not be run", e);
    }
  }

  private String run(String command, Path answer) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(JavaHome.program("jcmd"), Long.toString(pid), command)
            .redirectErrorStream(true)
            .redirectOutput(answer.toFile())
            .start();
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new LoadTestException("jcmd " + command + " was not answered in " + PATIENCE);
      }
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(answer);
    if (process.exitValue() != 0) {
      throw new LoadTestException("jcmd " + command + " failed: " + text.strip());
    }
    return text;
  }
}
