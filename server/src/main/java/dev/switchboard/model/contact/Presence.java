package dev.switchboard.model.contact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether somebody is online. */
public sealed interface Presence {
  /** They are. */
  record Online() implements Presence {}

  /**
   * They are not.
   *
   * @param lastSeen when they were; null when that is not known
   * @param hidden whether it is not known because they hide it
   */
  record Offline(@Nullable Instant lastSeen, boolean hidden) implements Presence {
    public Offline {
      if (hidden && lastSeen != null) {
        throw new IllegalArgumentException("what is hidden is not known");
      }
    }
  }
}
