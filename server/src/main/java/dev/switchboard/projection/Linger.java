package dev.switchboard.projection;

import java.time.Duration;

/**
 * How long a batch waits for more: some times what the last one took, within bounds. So an idle
 * server tells a status at once, and a busy one spends a bounded part of its time on storage: what
 * happens to a message within one batch costs one row, written once.
 */
final class Linger {
  /** The projection is at work for one part of five. */
  private static final int REST = 4;

  private final Duration least;
  private final Duration most;
  private Duration now;

  Linger(Duration least, Duration most) {
    this.least = least;
    this.most = most;
    this.now = least;
  }

  /** The last batch was in storage after so long. */
  void took(Duration time) {
    Duration wanted = time.multipliedBy(REST);
    now = wanted.compareTo(least) < 0 ? least : wanted.compareTo(most) > 0 ? most : wanted;
  }

  Duration now() {
    return now;
  }
}
