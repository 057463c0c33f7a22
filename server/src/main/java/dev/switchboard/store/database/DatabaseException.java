package dev.switchboard.store.database;

/**
 * The database cannot be opened. The message is for the operator: what is wrong and what to do;
 * what was stored is untouched.
 */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseException(String message, Throwable cause) {
    super(message, cause);
  }
}
