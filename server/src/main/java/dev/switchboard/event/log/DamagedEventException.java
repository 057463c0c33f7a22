package dev.switchboard.event.log;

/** What is sealed in an event cannot be opened: its file was damaged or altered. */
public final class DamagedEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient EventEntry.Head head;

  DamagedEventException(EventEntry.Head head, RuntimeException cause) {
    super("event " + head.sequence() + " of " + head.account() + " cannot be opened", cause);
    this.head = head;
  }

  /** What is known of it all the same; for a part of it was altered, not to be relied on. */
  public EventEntry.Head head() {
    return head;
  }
}
