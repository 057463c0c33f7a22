package dev.switchboard.model.instance;

/** Why an instance is in its state: a closed list. */
public enum StateCause {
  /** A client of the API asked for it. */
  REQUESTED,
  /** A code is shown and waits to be scanned or typed. */
  PAIRING_STARTED,
  /** Nobody scanned or typed the code in time. */
  PAIRING_EXPIRED,
  /** The pairing failed a cryptographic check or was refused. */
  PAIRING_REFUSED,
  /** The network links this account with a passkey only, which no gateway can answer with. */
  PASSKEY_REQUIRED,
  /** The phone linked this device. */
  PAIRED,
  /** The network accepted the login. */
  LOGGED_IN,
  /** The connection could not be made, or was lost. */
  CONNECTION_LOST,
  /** The instance's proxy cannot be reached, or opens no way to the network. */
  PROXY_UNAVAILABLE,
  /** The instance's proxy refused its credentials, or the way to the network. */
  PROXY_REFUSED,
  /** The network is reached through proxies only here, and the instance has none. */
  PROXY_REQUIRED,
  /** The server answered nothing for too long; the link is dead although it looks open. */
  SERVER_SILENT,
  /** The connection carries other things, but requests of the gateway stay without an answer. */
  REQUESTS_UNANSWERED,
  /** The server answers requests, but acknowledges no message any more. */
  MESSAGES_UNACKNOWLEDGED,
  /**
   * What the account's devices share cannot be verified, even when read anew, or not be had any
   * more; messages come and go all the same.
   */
  APP_STATE_BROKEN,
  /** The server's certificate chain or key failed verification. */
  SERVER_NOT_TRUSTED,
  /** The network asked to come back later. */
  SERVICE_UNAVAILABLE,
  /** The gateway is shutting down or has just started; the instance is restored at start. */
  GATEWAY_RESTARTED,
  /** Another connection with the same device took over. */
  REPLACED,
  /** The phone, or the network, removed this device. */
  DEVICE_REMOVED,
  /** The account is banned for a time; {@code until} says how long. */
  TEMPORARILY_BANNED,
  /** The account is banned. */
  BANNED,
  /** The account is locked, or its main device is gone. */
  ACCOUNT_LOCKED,
  /** The network refuses this version of the client. */
  CLIENT_OUTDATED,
  /** The network refused the login for a reason that has no name here; the detail has its code. */
  REFUSED,
  /** The gateway met an error of its own; the detail has the id that is in its log. */
  INTERNAL_ERROR
}
