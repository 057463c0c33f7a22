package dev.switchboard.demo;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Tells each step with the time since the beginning. */
final class Narrator {
  private final PrintWriter out;
  private final InstantSource clock;
  private final Instant begin;

  Narrator(PrintWriter out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
    this.begin = clock.instant();
  }

  @FormatMethod
  void tell(@FormatString String format, Object... arguments) {
    double seconds = Duration.between(begin, clock.instant()).toMillis() / 1000.0;
    out.printf(
        Locale.ROOT, "%7.2f s  %s%n", seconds, String.format(Locale.ROOT, format, arguments));
    out.flush();
  }
}
