package dev.switchboard.loadtest.measure;

import dev.switchboard.loadtest.run.LoadTestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long processors worked for the threads of a process, as Linux tells in {@code
 * /proc/PID/task}: threads whose names differ in a number only are one line.
 */
public record ThreadTimes(Map<String, Duration> byName) {
  /** Of {@code ZWorkerYoung#3}, {@code C2 CompilerThread0} and such; Linux keeps 15 characters. */
  private static final Pattern NUMBER = Pattern.compile("[-#]?\\d+[-#\\d]*$");

  public ThreadTimes {
    byName = Map.copyOf(byName);
  }

  public static ThreadTimes none() {
    return new ThreadTimes(Map.of());
  }

  /** Of all threads that run; those that have ended are in no line. */
  public static ThreadTimes of(long pid) {
    Map<String, Duration> times = new TreeMap<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      threads.forEach(thread -> add(times, thread));
    } catch (IOException e) {
      throw new LoadTestException("the threads of process " + pid + " cannot be read", e);
    }
    return new ThreadTimes(times);
  }

  /** With a line more. */
  public ThreadTimes with(String name, Duration time) {
    return combined(new ThreadTimes(Map.of(name, time)), 1);
  }

  public ThreadTimes plus(ThreadTimes other) {
    return combined(other, 1);
  }

  /** What was added since. */
  public ThreadTimes minus(ThreadTimes before) {
    return combined(before, -1);
  }

  public Duration sum() {
    return byName.values().stream().reduce(Duration.ZERO, Duration::plus);
  }

  private ThreadTimes combined(ThreadTimes other, int sign) {
    Map<String, Duration> times = new TreeMap<>(byName);
    other.byName.forEach(
        (name, time) -> times.merge(name, time.multipliedBy(sign), Duration::plus));
    times.values().removeIf(time -> !time.isPositive());
    return new ThreadTimes(times);
  }

  private static void add(Map<String, Duration> times, Path thread) {
    try {
      String name = Files.readString(thread.resolve("comm")).strip();
      ProcessorTime time = ProcessorTime.parse(Files.readString(thread.resolve("stat")));
      times.merge(group(name), time.own(), Duration::plus);
    } catch (IOException e) {
      // It ended while it was looked at.
    }
  }

  static String group(String name) {
    String group = NUMBER.matcher(name).replaceFirst("").strip();
    return group.isEmpty() ? name : group;
  }
}
