package dev.switchboard.journal.codec;

/**
 * An entry that this version cannot read: written by a later one, under another key, or damaged.
 * Nothing is guessed; whoever meets one at a start refuses to start. The message holds no personal
 * data.
 */
public final class UnreadableEntryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableEntryException(String message) {
    super(message);
  }

  public UnreadableEntryException(String message, Throwable cause) {
    super(message, cause);
  }
}
