package dev.switchboard.projection;

import java.time.Duration;

/**
 * How the journal is projected.
 *
 * @param batchEntries how many entries one transaction takes at most
 * @param batchBytes how much they may hold, about, but for the last one
 * @param linger how long a batch waits for more entries at least, unless a reader waits for it
 * @param longestLinger how long at most
 * @param retryDelay how long to wait at most before storage that was away is tried again
 * @param lagEntries how far it may lag behind before nothing more is accepted
 * @param drain how long it goes on after it was told to end
 */
public record ProjectionLimits(
    int batchEntries,
    long batchBytes,
    Duration linger,
    Duration longestLinger,
    Duration retryDelay,
    long lagEntries,
    Duration drain) {
  public static final ProjectionLimits DEFAULT =
      new ProjectionLimits(
          1_000,
          8 << 20,
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          2_000_000,
          Duration.ofSeconds(5));

  public ProjectionLimits {
    if (batchEntries < 1 || batchBytes < 1 || lagEntries < 1) {
      throw new IllegalArgumentException("a projection needs room for an entry");
    }
    if (longestLinger.compareTo(linger) < 0) {
      throw new IllegalArgumentException("a batch waits no longer than the longest wait");
    }
  }

  /** The same with another bound of the lag. */
  public ProjectionLimits withLagEntries(long entries) {
    return new ProjectionLimits(
        batchEntries, batchBytes, linger, longestLinger, retryDelay, entries, drain);
  }
}
