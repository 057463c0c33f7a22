package dev.switchboard.pacing;

import dev.switchboard.model.pacing.PacingLimit;
import java.time.Instant;

/** Whether a message may go now. */
public sealed interface Decision {
  /** It may go now. */
  record Go() implements Decision {
    static final Go NOW = new Go();
  }

  /**
   * It may go at this time, if nothing else is sent before.
   *
   * @param time after now
   * @param limit the one that ends last
   */
  record NotBefore(Instant time, PacingLimit limit, Scope scope) implements Decision {}

  /**
   * It is to be typed first, beginning now, and may go at this time if nothing else is sent before.
   */
  record Type(Instant until) implements Decision {}

  /** It may not go until something changes of which nobody knows when. */
  record Held(PacingLimit limit, Scope scope) implements Decision {}

  /** Whom a limit holds back. */
  enum Scope {
    /** Every message of the account. */
    ACCOUNT,
    /** Messages to people that the account never wrote with; others may be asked for. */
    COLD
  }
}
