package dev.switchboard.whatsapp.health;

import java.time.Duration;

/**
 * When evidence counts, and what is done about it.
 *
 * @param answerLimit how long a ping may stay without its own answer while other things arrive
 * @param acknowledgementLimit how long the server may acknowledge no message at all after one was
 *     written, while it answers pings: longer than the first resend takes, so that one lost
 *     acknowledgement is no illness
 * @param healAfter how long the evidence has to last before the connection is given up for a new
 *     one
 * @param heals how many connections may be given up so within {@code healWindow}; beyond, the
 *     account stays visibly degraded
 * @param probe how often the way of messages is probed while nobody writes
 */
public record HealthLimits(
    Duration answerLimit,
    Duration acknowledgementLimit,
    Duration healAfter,
    int heals,
    Duration healWindow,
    ProbeLimits probe) {

  public static final HealthLimits DEFAULT =
      new HealthLimits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(45),
          Duration.ofSeconds(30),
          3,
          Duration.ofHours(1));

  /** With the usual probes. */
  public HealthLimits(
      Duration answerLimit,
      Duration acknowledgementLimit,
      Duration healAfter,
      int heals,
      Duration healWindow) {
    this(answerLimit, acknowledgementLimit, healAfter, heals, healWindow, ProbeLimits.DEFAULT);
  }

  /** The same with other probes. */
  public HealthLimits with(ProbeLimits other) {
    return new HealthLimits(answerLimit, acknowledgementLimit, healAfter, heals, healWindow, other);
  }

  public HealthLimits {
    if (answerLimit.isNegative() || acknowledgementLimit.isNegative() || healAfter.isNegative()) {
      throw new IllegalArgumentException("limits of time must not be negative");
    }
    if (heals < 0) {
      throw new IllegalArgumentException("heals must not be negative");
    }
  }
}
