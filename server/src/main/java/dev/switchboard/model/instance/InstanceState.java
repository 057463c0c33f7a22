package dev.switchboard.model.instance;

/** The state of an instance, as its clients see it. */
public enum InstanceState {
  /** Created or stopped; no connection is wanted. */
  NOT_STARTED,
  /** Not linked yet; a QR code is being shown. */
  PENDING,
  /** Linked; the login is under way. */
  AUTHENTICATED,
  /** Logged in; sends and receives. */
  READY,
  /** Linked, but the connection is gone; it is being restored. */
  DISCONNECTED,
  /** Connected, but there is evidence that it does not work. */
  DEGRADED,
  /** The network refuses this account or this client; it will not be tried again unasked. */
  AUTH_FAILED,
  /** The device was unlinked; only pairing brings it back. */
  LOGGED_OUT
}
