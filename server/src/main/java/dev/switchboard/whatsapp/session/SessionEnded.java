package dev.switchboard.whatsapp.session;

import dev.switchboard.connector.ConnectionEnd;

/** Leaves whatever the session was doing: the connection is over. */
public final class SessionEnded extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ConnectionEnd end;

  public SessionEnded(ConnectionEnd end) {
    // A way out, not a fault: nobody reads its stack.
    super(end.toString(), null, false, false);
    this.end = end;
  }

  public ConnectionEnd end() {
    return end;
  }
}
