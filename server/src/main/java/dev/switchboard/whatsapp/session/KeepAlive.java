package dev.switchboard.whatsapp.session;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides when to ask the server for a sign of life, and when to give it up. Whatever arrives is a
 * sign of life; silence counts only while nothing waits to be read.
 */
final class KeepAlive {
  private final SessionLimits limits;
  private final RandomGenerator random;
  private Instant nextPing;
  private @Nullable Instant silentSince;

  KeepAlive(SessionLimits limits, RandomGenerator random, Instant now) {
    this.limits = limits;
    this.random = random;
    this.nextPing = now.plus(interval());
  }

  /** Something arrived. */
  void heard() {
    silentSince = null;
  }

  /** Whether a ping is due now. */
  boolean pingIsDue(Instant now) {
    return !now.isBefore(nextPing);
  }

  /** A ping was written, whether it was due or not. */
  void asked(Instant now) {
    nextPing = now.plus(interval());
    if (silentSince == null) {
      silentSince = now;
    }
  }

  /** Whether a ping stayed without any sign of life for too long. */
  boolean isDead(Instant now) {
    return silentSince != null && !now.isBefore(silentSince.plus(limits.deadLinkTimeout()));
  }

  /** When to look again, if nothing arrives. */
  Instant deadline() {
    Instant dead = silentSince == null ? nextPing : silentSince.plus(limits.deadLinkTimeout());
    return dead.isBefore(nextPing) ? dead : nextPing;
  }

  private Duration interval() {
    long shortest = limits.shortestPingInterval().toMillis();
    long longest = limits.longestPingInterval().toMillis();
    return Duration.ofMillis(
        shortest == longest ? shortest : random.nextLong(shortest, longest + 1));
  }
}
