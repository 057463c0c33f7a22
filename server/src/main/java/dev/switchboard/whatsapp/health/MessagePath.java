package dev.switchboard.whatsapp.health;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * The way of messages while nobody writes: when it is to be probed, and since when a probe stays
 * without any answer. Pings do not go that way. Belongs to the session's thread.
 */
public final class MessagePath {
  /** What comes so soon after a probe may be its echo, and says nothing of other people. */
  private static final Duration ECHO = Duration.ofMinutes(5);

  /** How much sooner the first probe is after connections that were given up. */
  private static final int IN_DOUBT = 60;

  private final ProbeLimits limits;
  private final RandomGenerator random;
  private int probes;
  private Duration wait;
  private Instant lastHeard;
  private Instant probedAt = Instant.MIN;
  private Instant unansweredSince = Instant.MAX;

  /**
   * A new connection's.
   *
   * @param heals the account's: whether this way was found wanting shortly before
   */
  public MessagePath(HealthLimits limits, Heals heals, RandomGenerator random, Instant now) {
    this.limits = limits.probe();
    this.random = random;
    this.lastHeard = now;
    this.wait =
        heals.areRecent(now)
            ? jittered(this.limits.quiet().dividedBy(IN_DOUBT))
            : jittered(this.limits.quiet());
  }

  /** Something came that way: a message, a receipt, a notification, an acknowledgement. */
  public void heard(Instant now) {
    unansweredSince = Instant.MAX;
    lastHeard = now;
    if (probes > 0 && now.isAfter(probedAt.plus(ECHO))) {
      probes = 0;
      wait = jittered(limits.quiet());
    }
  }

  /** Whether nothing came for so long that a probe is due. */
  public boolean isDue(Instant now) {
    return !now.isBefore(due());
  }

  /** When a probe will be due, if nothing comes. */
  public Instant due() {
    return lastHeard.plus(wait);
  }

  /** A probe was written. */
  public void probed(Instant now) {
    probedAt = now;
    unansweredSince = unansweredSince.equals(Instant.MAX) ? now : unansweredSince;
    probes++;
    postponed(now);
  }

  /** There is nothing to probe with, for now. */
  public void postponed(Instant now) {
    lastHeard = now;
    wait = jittered(quiet());
  }

  /** Since when a probe stays without any answer; {@link Instant#MAX} when none does. */
  public Instant unansweredSince() {
    return unansweredSince;
  }

  private Duration quiet() {
    Duration quiet = limits.quiet();
    for (int i = 0; i < probes && quiet.compareTo(limits.longestQuiet()) < 0; i++) {
      quiet = quiet.multipliedBy(2);
    }
    return quiet.compareTo(limits.longestQuiet()) < 0 ? quiet : limits.longestQuiet();
  }

  private Duration jittered(Duration about) {
    long nanos = about.toNanos();
    return Duration.ofNanos(nanos + random.nextLong(nanos + 1));
  }
}
