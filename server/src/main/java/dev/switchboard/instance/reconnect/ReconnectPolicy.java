package dev.switchboard.instance.reconnect;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next connection: full jitter, that is anything between nothing and a
 * limit that doubles with every failure, so that accounts which fell together do not return
 * together.
 *
 * @param base the limit after the first failure
 * @param cap the limit that is never passed
 * @param stableAfter how long a connection has to work before the failures before it are forgotten:
 *     a network that takes every login and drops it soon after must not be knocked at in a loop
 */
public record ReconnectPolicy(Duration base, Duration cap, Duration stableAfter) {
  private static final int MOST_DOUBLINGS = 20;

  public ReconnectPolicy {
    if (base.isNegative() || base.isZero() || cap.compareTo(base) < 0) {
      throw new IllegalArgumentException("base must be positive and not above cap");
    }
    if (stableAfter.isNegative()) {
      throw new IllegalArgumentException("stableAfter must not be negative");
    }
  }

  /**
   * How long to wait.
   *
   * @param failures how many connections failed in a row, at least 1
   */
  public Duration delay(int failures, RandomGenerator random) {
    int doublings = Math.clamp(failures - 1, 0, MOST_DOUBLINGS);
    boolean capped = base.toMillis() > cap.toMillis() >> doublings; // Doubling might overflow.
    long limit = capped ? cap.toMillis() : base.toMillis() << doublings;
    return Duration.ofMillis(random.nextLong(limit + 1));
  }
}
