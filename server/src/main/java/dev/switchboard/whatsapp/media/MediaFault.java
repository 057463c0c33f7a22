package dev.switchboard.whatsapp.media;

/** Why media could not be had. */
public enum MediaFault {
  /** The reference lacks a key, a hash or a path, or names one that cannot be. */
  MALFORMED_REFERENCE,
  /** More bytes than are taken. */
  TOO_LARGE,
  /** The host has it no more, or gives it to nobody: 403, 404, 410. */
  GONE,
  /** What lies there is not what was promised: its hash, its MAC or the hash inside is wrong. */
  DAMAGED,
  /** The account has no allowed way to the network, or the proxy opened none. */
  PROXY_FAILED,
  /** No host is known, can be reached, is trusted or answers as it should. */
  HOST_FAILED,
  /** It did not come in the time given. */
  TIMED_OUT,
  /** Too many downloads wait. */
  BUSY
}
