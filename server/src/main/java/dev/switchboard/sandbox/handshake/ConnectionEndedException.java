package dev.switchboard.sandbox.handshake;

/** The connection is over before the client did what it had to. */
public final class ConnectionEndedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConnectionEndedException(String message) {
    super(message);
  }
}
