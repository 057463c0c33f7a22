package dev.switchboard.webhook.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits with full jitter: anything between nothing and a limit that doubles up to a cap. */
final class BackOff {
  private static final int MOST_DOUBLINGS = 30;

  private final Duration base;
  private final Duration cap;
  private final RandomGenerator random;

  BackOff(Duration base, Duration cap, RandomGenerator random) {
    this.base = base;
    this.cap = cap;
    this.random = random;
  }

  /** The wait after the n-th failure, from 1 on. */
  Duration after(int failures) {
    return Duration.ofMillis(random.nextLong(limit(failures).toMillis() + 1));
  }

  /** The same, but at least what was asked for; no more than the cap all the same. */
  Duration after(int failures, Duration asked) {
    Duration wait = after(failures);
    Duration granted = asked.compareTo(cap) < 0 ? asked : cap;
    return wait.compareTo(granted) < 0 ? granted : wait;
  }

  private Duration limit(int failures) {
    int doublings = Math.clamp(failures - 1L, 0, MOST_DOUBLINGS);
    boolean more = base.toMillis() > cap.toMillis() >> doublings;
    return more ? cap : base.multipliedBy(1L << doublings);
  }
}
