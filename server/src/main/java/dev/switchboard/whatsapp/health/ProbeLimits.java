package dev.switchboard.whatsapp.health;

import java.time.Duration;

/**
 * How often the way of messages is probed while nobody writes. Each wait is drawn between a time
 * and twice that: a rhythm would be a mark of machines.
 *
 * @param quiet how long nothing may have come that way before the first probe
 * @param longestQuiet up to which that time doubles from probe to probe while nothing else comes
 */
public record ProbeLimits(Duration quiet, Duration longestQuiet) {
  /** Four to six probes a day for an account that nobody writes to, none for a busy one. */
  public static final ProbeLimits DEFAULT =
      new ProbeLimits(Duration.ofHours(1), Duration.ofHours(4));

  public ProbeLimits {
    if (!quiet.isPositive() || longestQuiet.compareTo(quiet) < 0) {
      throw new IllegalArgumentException("quiet must be positive and not above the longest");
    }
  }
}
