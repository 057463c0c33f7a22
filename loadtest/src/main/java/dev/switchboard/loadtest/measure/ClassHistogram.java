package dev.switchboard.loadtest.measure;

import dev.switchboard.loadtest.run.LoadTestException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The live objects of a JVM by class, as {@code jcmd PID GC.class_histogram} prints them after a
 * full collection.
 */
public record ClassHistogram(Map<String, Usage> byClass) {
  /** A line such as {@code " 1: 23456 1234567 [B (java.base@25.0.3)"}. */
  private static final Pattern LINE =
      Pattern.compile("^\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+)", Pattern.MULTILINE);

  /** Hidden classes carry an address that is another one in each process. */
  private static final Pattern ADDRESS = Pattern.compile("[/+.]0x[0-9a-f]+$");

  private static final Usage NONE = new Usage(0, 0);

  public ClassHistogram {
    byClass = Map.copyOf(byClass);
  }

  /** How many objects of a class there are, and what they take. */
  public record Usage(long instances, long bytes) {
    Usage plus(Usage other) {
      return new Usage(instances + other.instances, bytes + other.bytes);
    }

    Usage minus(Usage other) {
      return new Usage(instances - other.instances, bytes - other.bytes);
    }
  }

  /** What one class takes more, or less, than before. */
  public record Growth(String className, Usage usage) {}

  /**
   * Reads what the JVM printed.
   *
   * @throws LoadTestException if no class is in it
   */
  public static ClassHistogram parse(String printed) {
    var byClass = new TreeMap<String, Usage>();
    Matcher line = LINE.matcher(printed);
    while (line.find()) {
      var usage = new Usage(Long.parseLong(line.group(1)), Long.parseLong(line.group(2)));
      byClass.merge(ADDRESS.matcher(line.group(3)).replaceAll(""), usage, Usage::plus);
    }
    if (byClass.isEmpty()) {
      throw new LoadTestException("the JVM printed no class histogram");
    }
    return new ClassHistogram(byClass);
  }

  /** All live objects. */
  public Usage total() {
    return byClass.values().stream().reduce(NONE, Usage::plus);
  }

  /** The classes that grew most in bytes since {@code before}, the largest first. */
  public List<Growth> growthSince(ClassHistogram before, int count) {
    return Stream.concat(byClass.keySet().stream(), before.byClass.keySet().stream())
        .distinct()
        .map(name -> new Growth(name, usage(name).minus(before.usage(name))))
        .sorted(
            Comparator.comparingLong((Growth growth) -> -growth.usage().bytes())
                .thenComparing(Growth::className))
        .limit(count)
        .toList();
  }

  private Usage usage(String className) {
    return byClass.getOrDefault(className, NONE);
  }
}
