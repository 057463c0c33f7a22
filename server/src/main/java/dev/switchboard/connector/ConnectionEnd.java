package dev.switchboard.connector;

import dev.switchboard.model.instance.StateCause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a connection ended, and so what comes next. */
public sealed interface ConnectionEnd {
  /** {@link Connector#stop} was called. */
  record Stopped() implements ConnectionEnd {}

  /** The network asked for a new connection at once, as it does after pairing (515). */
  record Reconnect() implements ConnectionEnd {}

  /** Lost or refused for now: worth another try after a back-off. */
  record Lost(StateCause cause, String detail) implements ConnectionEnd {}

  /** Nobody scanned in time, or the pairing failed; nothing is linked. */
  record NotPaired(StateCause cause, String detail) implements ConnectionEnd {}

  /**
   * The network will not have this account or this client; knocking again is harmful. Credentials
   * are kept: a person decides.
   *
   * @param until when the network said that it ends by itself, or null
   */
  record Refused(StateCause cause, String detail, @Nullable Instant until)
      implements ConnectionEnd {}

  /** The device was unlinked: the credentials are dead and must never be used again. */
  record LoggedOut(StateCause cause, String detail) implements ConnectionEnd {}
}
