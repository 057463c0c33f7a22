package dev.switchboard.loadtest.fanout;

import java.time.Duration;

/** The time of a turn that counts: what was written in it, however late it came. */
final class Window {
  private volatile long from = Long.MAX_VALUE;
  private volatile long to = Long.MAX_VALUE;

  void open() {
    from = System.nanoTime();
  }

  void close() {
    to = System.nanoTime();
  }

  boolean holds(long stamp) {
    return stamp >= from && stamp < to;
  }

  Duration time() {
    return Duration.ofNanos(to - from);
  }
}
