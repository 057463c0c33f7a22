package dev.switchboard.sandbox.fault;

/** Something the network can do wrong on purpose. */
public enum Fault {
  /** The next handshakes present a certificate chain with a wrong signature. */
  CERTIFICATE_CHAIN,
  /** The next pairings carry a wrong account signature under a right HMAC. */
  ACCOUNT_SIGNATURE,
  /** The next pairings carry a wrong HMAC. */
  PAIRING_HMAC,
  /** The next prekey bundles carry a wrong signature of the signed prekey. */
  SIGNED_PREKEY_SIGNATURE,
  /** The next messages are changed on their way to a companion. */
  CIPHERTEXT,
  /** The next logins are answered by a failure with the code. */
  LOGIN_FAILURE,
  /** The next logins succeed and are then ended by a stream error with the code. */
  STREAM_ERROR
}
