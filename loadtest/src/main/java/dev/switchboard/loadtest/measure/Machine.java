package dev.switchboard.loadtest.measure;

import dev.switchboard.loadtest.run.LoadTestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the figures were measured on: without it they say nothing.
 *
 * @param processor its name, as the system gives it
 * @param cores that this program may use
 * @param memoryMegabytes of the whole machine
 * @param system name and release
 * @param jdk version of the JDK that runs the server
 */
public record Machine(
    String processor, int cores, long memoryMegabytes, String system, String jdk) {
  private static final Pattern PROCESSOR =
      Pattern.compile("^model name\\s*: (.*)$", Pattern.MULTILINE);
  private static final Pattern MEMORY =
      Pattern.compile("^MemTotal:\\s+(\\d+) kB$", Pattern.MULTILINE);
  private static final int KILOBYTES_PER_MEGABYTE = 1024;

  /** This machine. */
  public static Machine here() {
    return new Machine(
        first(PROCESSOR, read("/proc/cpuinfo"), "unknown"),
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong(first(MEMORY, read("/proc/meminfo"), "0")) / KILOBYTES_PER_MEGABYTE,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.version"));
  }

  private static String first(Pattern pattern, String text, String otherwise) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : otherwise;
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new LoadTestException("this run needs Linux: " + file + " cannot be read", e);
    }
  }
}
