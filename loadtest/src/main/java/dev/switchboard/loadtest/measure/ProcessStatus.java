package dev.switchboard.loadtest.measure;

import dev.switchboard.loadtest.run.LoadTestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Linux says about a process in {@code /proc/PID/status}.
 *
 * @param rssKilobytes memory that is in RAM
 * @param threads threads of the system
 */
public record ProcessStatus(long rssKilobytes, long threads) {
  private static final Pattern RSS = Pattern.compile("^VmRSS:\\s+(\\d+) kB$", Pattern.MULTILINE);
  private static final Pattern THREADS = Pattern.compile("^Threads:\\s+(\\d+)$", Pattern.MULTILINE);

  /** Reads the status of a process that runs. */
  public static ProcessStatus of(long pid) {
    try {
      return parse(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
    } catch (IOException e) {
      throw new LoadTestException("the status of process " + pid + " cannot be read", e);
    }
  }

  /**
   * Reads what Linux printed.
   *
   * @throws LoadTestException if a line is missing
   */
  public static ProcessStatus parse(String printed) {
    return new ProcessStatus(number(RSS, printed), number(THREADS, printed));
  }

  private static long number(Pattern pattern, String printed) {
    Matcher matcher = pattern.matcher(printed);
    if (!matcher.find()) {
      throw new LoadTestException("the status of a process has no line " + pattern);
    }
    return Long.parseLong(matcher.group(1));
  }
}
