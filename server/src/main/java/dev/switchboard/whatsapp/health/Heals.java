package dev.switchboard.whatsapp.health;

import java.time.Instant;
import java.util.ArrayDeque;

/**
 * The connections of one account that were given up to heal it, so many within a window and no
 * more: a server that is ill for everybody must not be stormed. Lives longer than a connection.
 */
public final class Heals {
  private final HealthLimits limits;
  private final ArrayDeque<Instant> recent = new ArrayDeque<>(1);

  public Heals(HealthLimits limits) {
    this.limits = limits;
  }

  /** Takes one, if there is one left. */
  synchronized boolean take(Instant now) {
    if (nextAt(now).isAfter(now)) {
      return false;
    }
    if (limits.heals() == recent.size()) {
      recent.removeFirst();
    }
    recent.addLast(now);
    return true;
  }

  /** Whether one was taken within the window. */
  synchronized boolean areRecent(Instant now) {
    return !recent.isEmpty() && recent.getLast().plus(limits.healWindow()).isAfter(now);
  }

  /** When there is one to take, at the earliest. */
  synchronized Instant nextAt(Instant now) {
    if (limits.heals() == 0) {
      return Instant.MAX;
    }
    return recent.size() < limits.heals() ? now : recent.getFirst().plus(limits.healWindow());
  }
}
