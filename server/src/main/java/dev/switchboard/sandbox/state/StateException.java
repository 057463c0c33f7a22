package dev.switchboard.sandbox.state;

/** The network's records cannot be opened, read or written. */
public final class StateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StateException(String message, Throwable cause) {
    super(message, cause);
  }
}
