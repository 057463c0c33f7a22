package dev.switchboard.instance.account;

import dev.switchboard.instance.reconnect.Admission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** How far the connection that was made last has come; belongs to the account's thread. */
final class CurrentConnection {
  private final InstantSource clock;
  private Admission.@Nullable Ticket ticket;
  private @Nullable Instant worksSince;

  CurrentConnection(InstantSource clock) {
    this.clock = clock;
  }

  /** It is about to be made, at that place among the logins. */
  void begins(Admission.Ticket admitted) {
    ticket = admitted;
    worksSince = null;
  }

  /** Lets another account log in. */
  void givePlaceBack() {
    if (ticket != null) {
      ticket.close();
      ticket = null;
    }
  }

  /** Whether messages flow, from now on; what is known already changes nothing. */
  void works(boolean works) {
    if (!works) {
      worksSince = null;
    } else if (worksSince == null) {
      worksSince = clock.instant();
    }
  }

  /** Whether it works, or worked to its end, and for at least so long. */
  boolean workedFor(Duration atLeast) {
    return worksSince != null && !clock.instant().isBefore(worksSince.plus(atLeast));
  }
}
