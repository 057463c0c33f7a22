package dev.switchboard.model.pacing;

/** What may go wrong with a message, or harm its account. */
public enum SendRisk {
  /** The account never wrote with this person: what bans are made of. */
  COLD_RECIPIENT,
  /** The account is linked for less than a week. */
  NEW_ACCOUNT,
  /** With what waits before it, it uses up the last fifth of the budget of 24 hours. */
  NEAR_DAY_BUDGET,
  /** Quiet hours delay it. */
  QUIET_HOURS,
  /** The account is under a reach-out lock, which holds for this recipient. */
  REACHOUT_LOCK,
  /** Nothing limits how fast this account sends. */
  UNPACED,
  /** The account is not connected: it goes at the planned time only if it is by then. */
  NOT_CONNECTED,
  /** The queue is paused: nothing goes until it is resumed. */
  QUEUE_PAUSED,
  /** It would expire before it goes. */
  EXPIRES_BEFORE
}
