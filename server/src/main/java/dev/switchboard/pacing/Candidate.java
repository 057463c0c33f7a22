package dev.switchboard.pacing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What pacing asks of a message that could be sent.
 *
 * @param notBefore the time that the caller chose, or null
 * @param typing what is to be seen of it before it goes, or null for nothing, or nothing more
 */
public record Candidate(
    Familiarity recipient, @Nullable Instant notBefore, @Nullable Keystrokes typing) {
  /** To somebody the account has written with, at any time. */
  public static final Candidate KNOWN = new Candidate(Familiarity.KNOWN, null, null);

  /** To somebody nothing was ever sent to, at any time. */
  public static final Candidate NEW = new Candidate(Familiarity.NEW, null, null);
}
