package dev.switchboard.whatsapp.socket;

import org.jspecify.annotations.Nullable;

/** A websocket that could not be opened, or does not take what is written to it. */
public final class SocketException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the caller may make of it. */
  public enum Reason {
    /** No connection, no answer, or an answer that is no websocket's. */
    UNREACHABLE,
    /** The proxy cannot be reached, or opened no way to the server. */
    PROXY_UNAVAILABLE,
    /** The proxy refused its credentials, or the way to the server. */
    PROXY_REFUSED,
    /** The server's TLS certificate is not trusted, or not the host's. */
    NOT_TRUSTED,
    /** The open connection is gone, or does not take bytes any more. */
    BROKEN
  }

  private final Reason reason;

  public SocketException(Reason reason, String message) {
    this(reason, message, null);
  }

  public SocketException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
