package dev.switchboard.model.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a message was not sent.
 *
 * @param detail a short text for people, without personal data; may be empty
 * @param until when the cause ends by itself (a lock), or null where that is not known
 */
public record Failure(FailureCause cause, String detail, @Nullable Instant until) {
  /** A failure of which no end is known. */
  public Failure(FailureCause cause, String detail) {
    this(cause, detail, null);
  }

  /** What it is for a message that was written before: a copy of that may have arrived. */
  public Failure afterAttempts() {
    return new Failure(FailureCause.OUTCOME_UNKNOWN, cause.name());
  }
}
