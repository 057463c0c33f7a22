package dev.switchboard.loadtest.commit;

import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.loadtest.run.JavaHome;
import dev.switchboard.loadtest.run.LoadTestException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The bench in its own process, one for each measurement.
 *
 * @param flushes of the device while it was measured
 */
public record CommitRun(Latencies latencies, long flushes) {
  /** What the manifest of the server's jar says when it is started as a program. */
  private static final List<String> FLAGS =
      List.of(
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED");

  /** Measures so many callers on a new journal in {@code directory}. */
  public static CommitRun of(
      Path serverJar,
      List<String> options,
      Path directory,
      int callers,
      Duration warmUp,
      Duration time,
      int bytes)
      throws InterruptedException {
    var command = new ArrayList<String>();
    command.add(JavaHome.program("java"));
    command.addAll(options);
    command.addAll(FLAGS);
    String classes = serverJar + File.pathSeparator + System.getProperty("java.class.path");
    command.addAll(List.of("-cp", classes, CommitBench.class.getName(), directory.toString()));
    command.add(Integer.toString(callers));
    command.add(Long.toString(warmUp.toMillis()));
    command.add(Long.toString(time.toMillis()));
    command.add(Integer.toString(bytes));
    return parsed(printed(command));
  }

  private static String printed(List<String> command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
          throw new LoadTestException("the bare journal failed: " + text);
        }
        return text;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new LoadTestException("the bare journal could not be measured", e);
    }
  }

  private static CommitRun parsed(String printed) {
    int begin = printed.lastIndexOf(CommitBench.RESULT);
    if (begin < 0) {
      throw new LoadTestException("the bare journal printed no result: " + printed);
    }
    String[] words = printed.substring(begin + CommitBench.RESULT.length()).strip().split(" ", 2);
    return new CommitRun(Latencies.decoded(words[1]), Long.parseLong(words[0]));
  }
}
