package dev.switchboard.model.message;

/** How urgent a message is among those that the same account is to send. */
public enum Priority {
  /** Before all others, such as a code that somebody waits for. */
  HIGH,
  NORMAL,
  /** When nothing else waits, such as a newsletter; it is not starved for ever. */
  LOW
}
