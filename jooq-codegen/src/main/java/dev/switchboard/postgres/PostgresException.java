package dev.switchboard.postgres;

import org.jspecify.annotations.Nullable;

/**
 * The embedded PostgreSQL cannot be run. The message says what to do about it and is fit to be
 * shown to the operator; nothing that was on the disk has been removed.
 */
public final class PostgresException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PostgresException(String message) {
    super(message);
  }

  PostgresException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
