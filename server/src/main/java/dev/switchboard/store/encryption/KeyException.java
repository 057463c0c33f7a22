package dev.switchboard.store.encryption;

/** The master key cannot be used. The message is for the operator and holds no key. */
public final class KeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public KeyException(String message) {
    super(message);
  }

  public KeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
