package dev.switchboard.command;

import java.time.Duration;

/**
 * Heap beside what lives, for a server that is busy: the more often a collector comes, the more it
 * works for the same garbage. Grows while collections follow one another closely, and goes when
 * they do not; a server that idles is collected at last by the collector's own clock, every few
 * minutes.
 */
final class Headroom {
  /** Collections that begin closer to each other cost more than the memory is worth. */
  static final Duration CLOSE = Duration.ofSeconds(1);

  /** Collections this far apart need none. */
  static final Duration FAR = Duration.ofSeconds(10);

  private static final long STEP = 256L << 20;

  private final long most;
  private long bytes;
  private Duration last = Duration.ZERO;

  /**
   * @param most how much it may become
   */
  Headroom(long most) {
    this.most = most;
  }

  long bytes() {
    return bytes;
  }

  /**
   * A collection has begun.
   *
   * @param at since the start of the virtual machine
   */
  void collected(Duration at) {
    Duration between = at.minus(last);
    last = at;
    if (between.compareTo(CLOSE) < 0) {
      bytes = Math.min(most, bytes + STEP);
    } else if (between.compareTo(FAR) > 0) {
      bytes = 0;
    }
  }
}
