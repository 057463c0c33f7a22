package dev.switchboard.connector;

/** The kinds of durable records an engine keeps for an account. The order is not significant. */
public enum RecordKind {
  CREDENTIALS,
  SESSION,
  IDENTITY,
  PREKEY,
  SIGNED_PREKEY,
  SENDER_KEY,
  APP_STATE_KEY,
  APP_STATE_VERSION,
  /** One record of a collection; names are MACs under the account's own keys. */
  APP_STATE_ENTRY,
  DEVICE_LIST,
  /** From the phone-number user to the LID user, and back: names carry the direction. */
  ALIAS,
  ROUTING,
  /** How often messages that could not be read were asked for. */
  RETRY_REQUEST,
  /** How often messages were sent again to devices that could not read them. */
  RETRY_ANSWER,
  /** When sessions were last thrown away because messages kept failing. */
  SESSION_RENEWAL,
  /** By the person's JID: what was exchanged to be no strangers. */
  PRIVACY_TOKEN
}
