package dev.switchboard.loadtest.run;

import com.google.errorprone.annotations.FormatMethod;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Tells whoever waits how far a run is, each line with the seconds since the run began. */
public final class Progress {
  private final PrintWriter out;
  private final LongSupplier nanoClock;
  private final long begin;

  public Progress(PrintWriter out, LongSupplier nanoClock) {
    this.out = out;
    this.nanoClock = nanoClock;
    this.begin = nanoClock.getAsLong();
  }

  /** Prints one line. */
  @FormatMethod
  public void say(String format, Object... values) {
    double seconds = (nanoClock.getAsLong() - begin) / 1e9;
    String text = String.format(Locale.ROOT, format, values);
    synchronized (out) {
      out.printf(Locale.ROOT, "[%7.1f s] %s%n", seconds, text);
      out.flush();
    }
  }

  /** Prints lines as they are, such as a table or the result. */
  public void print(String text) {
    synchronized (out) {
      out.println(text.stripTrailing());
      out.flush();
    }
  }

  /** Starts to measure a time. */
  public Stopwatch start() {
    return new Stopwatch(nanoClock, nanoClock.getAsLong());
  }

  /** The time since a moment of the run. */
  public record Stopwatch(LongSupplier nanoClock, long begin) {
    /** The time until now. */
    public Duration elapsed() {
      return Duration.ofNanos(nanoClock.getAsLong() - begin);
    }
  }
}
