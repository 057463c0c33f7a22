package dev.switchboard.model.message;

/** Why a message cannot be decrypted: a closed list. */
public enum UndecryptableReason {
  /** There is no session with the sending device. */
  NO_SESSION,
  /** It was encrypted with a prekey that this device does not have, or has no more. */
  UNKNOWN_PREKEY,
  /** It is damaged or forged, or the session with the sending device went out of step. */
  BAD_MAC,
  /** So many later messages came first that its key was given up. */
  TOO_OLD,
  /** More messages before it are missing than a session bridges. */
  TOO_FAR_AHEAD,
  /** It names another identity than the session that it claims to belong to. */
  UNTRUSTED_IDENTITY,
  /** What came is no encrypted message, or its padding is wrong. */
  MALFORMED,
  /** The stored session with the sending device cannot be read. */
  DAMAGED_SESSION,
  /** A linked device wrote it for which its account does not vouch. */
  UNPROVEN_DEVICE
}
