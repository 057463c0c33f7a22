package dev.switchboard.whatsapp.signal;

import org.jspecify.annotations.Nullable;

/** The only exception that leaves this package for what a peer or the network sent. */
public final class SignalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why; what the caller does next depends on it. */
  public enum Reason {
    /** There is no session with the device: fetch a bundle, or ask for a retry. */
    NO_SESSION,
    /** The message names another identity than the session it claims to belong to. */
    UNTRUSTED_IDENTITY,
    /** The account does not vouch for the device that begins a session. */
    UNPROVEN_DEVICE,
    /** A signed prekey is not signed by the identity it came with. */
    BAD_SIGNATURE,
    /** No session of the device verifies the message: forged, damaged, or sessions diverged. */
    BAD_MAC,
    /** The message's key was used before: it was decrypted already. */
    DUPLICATE,
    /** More messages of its chain are missing than we keep keys for. */
    TOO_FAR_AHEAD,
    /** So many later messages of its chain came first that its key was given up. */
    TOO_LATE,
    /** The one-time prekey is not, or no longer, ours. */
    UNKNOWN_PREKEY,
    /** The signed prekey is not, or no longer, ours. */
    UNKNOWN_SIGNED_PREKEY,
    /** Not a message or a bundle at all, or one with a key that gives no secrecy. */
    MALFORMED,
    /** A stored record cannot be read. */
    DAMAGED_RECORD
  }

  private final Reason reason;

  public SignalException(Reason reason, String message) {
    this(reason, message, null);
  }

  public SignalException(Reason reason, String message, @Nullable Throwable cause) {
    super(reason + ": " + message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
