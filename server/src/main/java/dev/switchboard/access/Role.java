package dev.switchboard.access;

/** What a key may do; each role may also do what the one before may. */
public enum Role {
  /** See instances, messages and events. */
  READER(0),
  /** Also link, start, stop and send. */
  OPERATOR(1),
  /** Also create and delete instances, and manage keys. */
  ADMINISTRATOR(2);

  private final int rank;

  Role(int rank) {
    this.rank = rank;
  }

  public boolean includes(Role other) {
    return rank >= other.rank;
  }
}
