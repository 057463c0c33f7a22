package dev.switchboard.model.message;

/** Who wrote a message. */
public enum Direction {
  /** The other side wrote it. */
  INBOUND,
  /** The account wrote it, through this gateway or on another of its devices. */
  OUTBOUND
}
