package dev.switchboard.model.event;

/**
 * What an event tells of. Its number stands for it wherever it is stored, and is that of its field
 * in the public contract: a number is never given to another kind.
 */
public enum EventKind {
  INSTANCE_CREATED(20),
  INSTANCE_STATE_CHANGED(21),
  INSTANCE_SETTINGS_CHANGED(22),
  /** A phone linked it. */
  INSTANCE_PAIRED(23),
  /** The account that it is linked to goes by other names. */
  INSTANCE_ACCOUNT_CHANGED(24),
  INSTANCE_UNLINKED(25),
  INSTANCE_DELETED(26),
  REACHOUT_LOCK_CHANGED(27),
  /** A message arrived, or another device of the account sent one. */
  MESSAGE_RECEIVED(40),
  MESSAGE_UNDECRYPTABLE(41),
  /** One that could not be decrypted is readable now. */
  MESSAGE_RESOLVED(42),
  MESSAGE_ACCEPTED(43),
  /** Sent, delivered, read or played. */
  MESSAGE_STATUS_CHANGED(44),
  MESSAGE_FAILED(45),
  MESSAGE_CANCELLED(46),
  MESSAGE_RESCHEDULED(47),
  MESSAGE_REQUEUED(48),
  CONTACT_MERGED(70),
  CONTACT_IDENTITY_CHANGED(71),
  CONTACT_UPDATED(72),
  QUEUE_PAUSED(80),
  QUEUE_RESUMED(81),
  PRESENCE_CHANGED(90),
  CHAT_STATE_CHANGED(91),
  /** Events of the instance were deleted before a webhook got them. */
  WEBHOOK_EVENTS_DROPPED(100);

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
