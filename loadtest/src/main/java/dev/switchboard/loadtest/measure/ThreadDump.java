package dev.switchboard.loadtest.measure;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The platform threads of a JVM as {@code jcmd PID Thread.print} shows them, counted by name
 * without its numbers. Virtual threads are not among them.
 */
public record ThreadDump(Map<String, Integer> byName) {
  private static final Pattern THREAD = Pattern.compile("^\"(.*)\" .*\\bnid=", Pattern.MULTILINE);
  private static final Pattern NUMBERS = Pattern.compile("\\d+");

  public ThreadDump {
    byName = Map.copyOf(byName);
  }

  /** Reads what the JVM printed. */
  public static ThreadDump parse(String printed) {
    var byName = new TreeMap<String, Integer>();
    Matcher thread = THREAD.matcher(printed);
    while (thread.find()) {
      byName.merge(NUMBERS.matcher(thread.group(1)).replaceAll("N"), 1, Integer::sum);
    }
    return new ThreadDump(byName);
  }

  /** How many there are. */
  public int count() {
    return byName.values().stream().mapToInt(Integer::intValue).sum();
  }
}
