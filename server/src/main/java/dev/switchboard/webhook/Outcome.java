package dev.switchboard.webhook;

import java.time.Duration;
import java.util.Optional;

/** What came of one attempt to post something. */
public sealed interface Outcome {
  /**
   * The receiver answered.
   *
   * @param answer the beginning of what it said, at most {@value #MOST_ANSWER} characters,
   *     printable
   * @param retryAfter for how long it does not want to be asked again, if it said so
   */
  record Answered(int status, String answer, Optional<Duration> retryAfter) implements Outcome {
    public static final int MOST_ANSWER = 1_024;

    public Answered {
      if (status < 100 || status > 999 || answer.length() > MOST_ANSWER) {
        throw new IllegalArgumentException("not what is kept of an answer");
      }
    }

    /** Hides what was said. */
    @Override
    public String toString() {
      return "Answered[" + status + "]";
    }
  }

  /**
   * Nothing came back that counts as an answer.
   *
   * @param detail for people, printable; nothing of the content; what is too long is cut
   */
  record Unreached(Cause cause, String detail) implements Outcome {
    public static final int MOST_DETAIL = 256;

    public Unreached {
      detail = detail.substring(0, Math.min(detail.length(), MOST_DETAIL));
    }
  }

  /** Why nothing came back. */
  enum Cause {
    /** Where the name leads to may not be connected to. */
    REFUSED_BY_GUARD,
    NAME_NOT_FOUND,
    CONNECT_FAILED,
    TLS_FAILED,
    TIMED_OUT,
    BROKEN_ANSWER
  }

  /** Whether the receiver has it. */
  default boolean success() {
    return this instanceof Answered(int status, String _, Optional<Duration> _)
        && status >= 200
        && status < 300;
  }
}
