package dev.switchboard.pacing;

import org.jspecify.annotations.Nullable;

/**
 * What pacing asks of a message whose own time has come.
 *
 * @param typing what is to be seen of it before it goes, or null for nothing, or nothing more
 */
public record Candidate(Familiarity recipient, @Nullable Keystrokes typing) {
  /** To somebody the account has written with. */
  public static final Candidate KNOWN = new Candidate(Familiarity.KNOWN, null);

  /** To somebody nothing was ever sent to. */
  public static final Candidate NEW = new Candidate(Familiarity.NEW, null);
}
