package dev.switchboard.model.message;

/** Why a message was not sent: a closed list. */
public enum FailureCause {
  /** The recipient has no WhatsApp account. */
  RECIPIENT_NOT_ON_WHATSAPP,
  /** The account may not write to people it does not know, for a time (ack error 463). */
  REACHOUT_TIMELOCK,
  /**
   * The recipient takes messages from strangers only with a token that the account does not have
   * (ack error 463 without a lock).
   */
  PRIVACY_TOKEN_MISSING,
  /** The network refused the recipient's devices or the message (ack error 479). */
  RECIPIENT_REFUSED,
  /** The network refused it with a code that has no name here. */
  REFUSED_BY_NETWORK,
  /**
   * It was written as often as allowed and never acknowledged, or lost with the journal: it may or
   * may not have arrived.
   */
  OUTCOME_UNKNOWN,
  /** A recipient's key failed verification. */
  KEY_NOT_TRUSTED,
  /** The account was unlinked before it could be sent. */
  LOGGED_OUT,
  /** It was tried as often as allowed and failed for a reason that might have passed. */
  RETRIES_EXHAUSTED,
  /** The time ran out until which it was to be sent. */
  EXPIRED
}
