package dev.switchboard.sandbox.fault;

/** Something the network can do wrong on purpose. */
public enum Fault {
  /** The next handshakes present a certificate chain with a wrong signature. */
  CERTIFICATE_CHAIN,
  /** The next pairings carry a wrong account signature under a right HMAC. */
  ACCOUNT_SIGNATURE,
  /** The next pairings carry a wrong HMAC. */
  PAIRING_HMAC,
  /** The next pairings are asked for a passkey instead of being linked. */
  PASSKEY_REQUIRED,
  /** The next prekey bundles carry a wrong signature of the signed prekey. */
  SIGNED_PREKEY_SIGNATURE,
  /** The next messages that begin a session with a companion prove another device than theirs. */
  DEVICE_IDENTITY,
  /** The next messages are changed on their way to a companion. */
  CIPHERTEXT,
  /** The next logins are answered by a failure with the code. */
  LOGIN_FAILURE,
  /** The next logins succeed and are then ended by a stream error with the code. */
  STREAM_ERROR,
  /** The next logins succeed and are then told that another connection took over. */
  CONFLICT_REPLACED,
  /** The next logins succeed and are then told that the device is linked no more, though it is. */
  CONFLICT_DEVICE_REMOVED,
  /** Each stanza to a client takes its time; the order stays. */
  LATENCY,
  /** Stanzas to a client do not leave. */
  STANZA_TO_CLIENT_LOST,
  /** Stanzas from a client are not read. */
  STANZA_FROM_CLIENT_LOST,
  /** A connection on which nothing is read or said any more, and which stays open. */
  HALF_OPEN,
  /** A connection on which everything is read and done, and nothing is said any more. */
  SILENT,
  /** A connection on which requests are answered, and nothing else is said any more. */
  MUTE,
  /** The acknowledgement of a message that was delivered does not leave. */
  ACK_LOST,
  /** The acknowledgement of a message leaves twice. */
  ACK_DOUBLED,
  /** The acknowledgement of a message leaves late; what comes after it overtakes. */
  ACK_LATE,
  /** A message is delivered to nobody and acknowledged with the error. */
  ACK_ERROR,
  /** A message does not reach a companion on this connection; it waits for the next one. */
  MESSAGE_LOST,
  /** A message reaches a companion twice. */
  MESSAGE_DOUBLED,
  /** Messages to a companion are held back, and leave in another order. */
  MESSAGES_SHUFFLED,
  /** The network tells an old list of a person's devices. */
  STALE_DEVICE_LIST,
  /** A companion is not told which number and which hidden id are one person. */
  LID_HIDDEN,
  /** Collections and parts of the history lie on the media host, however small they are. */
  EXTERNAL_BLOBS,
  /** Questions about collections stay without an answer. */
  APP_STATE_UNANSWERED,
  /** Collections come with wrong MACs. */
  APP_STATE_FORGED,
  /** The media host answers with the code. */
  MEDIA_FAILURE,
  /** What the media host gives is changed on its way. */
  MEDIA_DAMAGED,
  /** The media host takes requests and says nothing. */
  MEDIA_SILENT
}
