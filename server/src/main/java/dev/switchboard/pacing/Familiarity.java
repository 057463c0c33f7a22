package dev.switchboard.pacing;

/** How well an account knows the recipient of a message. */
public enum Familiarity {
  /** They have written with each other, in whichever direction. */
  KNOWN,
  /**
   * A message was tried, and the network has not taken any yet: that contact is counted already.
   */
  APPROACHED,
  /** Nothing was ever tried: the first message counts as a new recipient. */
  NEW;

  /** Whether the account never wrote with them, as far as the network sees. */
  public boolean cold() {
    return this != KNOWN;
  }
}
