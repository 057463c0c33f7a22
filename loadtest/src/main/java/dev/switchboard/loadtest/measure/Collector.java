package dev.switchboard.loadtest.measure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which collector a JVM runs with, whether chosen or its own choice. */
public final class Collector {
  private static final Pattern FLAG = Pattern.compile("-XX:\\+Use(\\w+GC)\\b");

  private Collector() {}

  /** The collector of a running JVM, such as {@code ZGC}. */
  public static String of(long pid) throws InterruptedException {
    return parse(new Jcmd(pid).ask("VM.flags"));
  }

  /** Reads what {@code jcmd PID VM.flags} printed. */
  static String parse(String printed) {
    Matcher matcher = FLAG.matcher(printed);
    return matcher.find() ? matcher.group(1) : "unknown";
  }
}
