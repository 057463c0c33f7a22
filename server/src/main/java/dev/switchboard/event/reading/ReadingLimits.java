package dev.switchboard.event.reading;

import java.time.Duration;

/**
 * The bounds of reading.
 *
 * @param readers how many readers there may be at once
 * @param recentEvents how many of the newest events are kept in memory
 * @param recentBytes how much their contents may take
 * @param recentKept how long they are kept there
 * @param indexBytes how much may be kept of where the events of instances lie
 * @param cacheBytes how much of older events is kept that somebody read
 */
public record ReadingLimits(
    int readers,
    int recentEvents,
    long recentBytes,
    Duration recentKept,
    long indexBytes,
    long cacheBytes) {
  public ReadingLimits {
    boolean nothing = readers < 1 || recentEvents < 1 || recentBytes < 1;
    if (nothing || recentKept.isNegative() || indexBytes < 1 || cacheBytes < 1) {
      throw new IllegalArgumentException("a bound of reading events is out of range");
    }
  }
}
