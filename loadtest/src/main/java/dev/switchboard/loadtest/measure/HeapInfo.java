package dev.switchboard.loadtest.measure;

import dev.switchboard.loadtest.run.LoadTestException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap in use as {@code jcmd PID GC.heap_info} prints it, of any collector. */
public record HeapInfo(long usedBytes) {
  /**
   * The lines that sum up a heap or a generation; Metaspace and the parts of these are left out.
   */
  private static final Pattern USED =
      Pattern.compile(
          "^\\s*(?:ZHeap|garbage-first heap|DefNew|Tenured|PSYoungGen"
              + "|ParOldGen)\\b.*?\\bused (\\d+)([BKMG])",
          Pattern.MULTILINE);

  /**
   * Reads what the JVM printed.
   *
   * @throws LoadTestException if it holds no heap of a known collector
   */
  public static HeapInfo parse(String printed) {
    Matcher matcher = USED.matcher(printed);
    long used = 0;
    boolean any = false;
    while (matcher.find()) {
      used += Long.parseLong(matcher.group(1)) << shift(matcher.group(2));
      any = true;
    }
    if (!any) {
      throw new LoadTestException("the heap of this collector cannot be read: " + printed.strip());
    }
    return new HeapInfo(used);
  }

  private static int shift(String unit) {
    return switch (unit) {
      case "K" -> 10;
      case "M" -> 20;
      case "G" -> 30;
      default -> 0;
    };
  }
}
