package dev.switchboard.event.reading;

import java.time.Instant;

/** Where a reader begins. */
public sealed interface Start {
  /** With what comes from now on. */
  record Latest() implements Start {}

  /** With the oldest event there is. */
  record Earliest() implements Start {}

  /** With the first event that was recorded at this time or later. */
  record Since(Instant time) implements Start {}

  /** At a position that was told before. */
  record At(long position) implements Start {
    public At {
      if (position < 0) {
        throw new IllegalArgumentException("positions begin with 0");
      }
    }
  }
}
