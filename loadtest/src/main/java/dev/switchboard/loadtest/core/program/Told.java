package dev.switchboard.loadtest.core.program;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a program tells the run that started it: lines on its output. */
final class Told {
  private static final PrintStream OUT = System.out;

  private Told() {}

  /** For whoever watches. */
  static void say(String text) {
    OUT.println("say " + text);
  }

  /** Values under a name. */
  static void figure(String name, double... values) {
    String all =
        Arrays.stream(values)
            .mapToObj(value -> String.format(Locale.ROOT, "%.4f", value))
            .collect(Collectors.joining(" "));
    OUT.println("figure " + name + " " + all);
  }

  /** One count under a name. */
  static void count(String name, long value) {
    figure(name, (double) value);
  }

  /** Has the memory of this process measured under a name; returns when that is done. */
  static void measure(String name) {
    OUT.println("measure " + name);
    try {
      if (System.in.read() < 0) {
        throw new IllegalStateException("nobody is left to measure for");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Seconds since this JVM was started. */
  static double age() {
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    return (System.currentTimeMillis() - started) / 1000.0;
  }
}
