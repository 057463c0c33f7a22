package dev.switchboard.sandbox.session;

/** The connection is over before the client did what it had to. */
final class ConnectionEndedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConnectionEndedException(String message) {
    super(message);
  }
}
