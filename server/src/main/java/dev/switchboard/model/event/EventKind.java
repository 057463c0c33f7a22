package dev.switchboard.model.event;

/**
 * What an event tells of. Its number stands for it wherever it is stored: a number is never given
 * to another kind.
 */
public enum EventKind {
  INSTANCE_CREATED(1),
  INSTANCE_STATE_CHANGED(2),
  INSTANCE_SETTINGS_CHANGED(3),
  INSTANCE_DELETED(4),
  REACHOUT_LOCK_CHANGED(5),
  /** A message arrived, or another device of the account sent one. */
  MESSAGE_RECEIVED(20),
  MESSAGE_UNDECRYPTABLE(21),
  /** One that could not be decrypted is readable now. */
  MESSAGE_RESOLVED(22),
  MESSAGE_ACCEPTED(23),
  /** Sent, delivered, read or played. */
  MESSAGE_STATUS_CHANGED(24),
  MESSAGE_FAILED(25),
  MESSAGE_CANCELLED(26),
  CONTACT_MERGED(40),
  CONTACT_IDENTITY_CHANGED(41),
  CONTACT_UPDATED(42),
  QUEUE_PAUSED(60),
  QUEUE_RESUMED(61);

  private final int number;

  EventKind(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /**
   * The kind of a number.
   *
   * @throws IllegalArgumentException when this version knows none
   */
  public static EventKind of(int number) {
    for (EventKind kind : values()) {
      if (kind.number == number) {
        return kind;
      }
    }
    throw new IllegalArgumentException("this version knows no kind of event " + number);
  }
}
