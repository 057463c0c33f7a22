package dev.switchboard.egress.guard;

import java.time.Duration;

/** The end of the time for one request, on the clock that nobody sets. */
public record Deadline(long nanos) {
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** What is left, or nothing. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  public boolean passed() {
    return left().isZero();
  }
}
