package dev.switchboard.model.pacing;

/** What keeps a message from being sent yet. */
public enum PacingLimit {
  /** The wait after the message before. */
  GAP,
  /** The budget of a minute. */
  MINUTE_BUDGET,
  /** The budget of an hour. */
  HOUR_BUDGET,
  /** The budget of 24 hours. */
  DAY_BUDGET,
  /** The budget of people that the account never wrote with. */
  NEW_RECIPIENTS,
  /** Nothing is sent at that time of the day. */
  QUIET_HOURS,
  /** The network keeps the account from writing to people that it never wrote with. */
  REACHOUT_LOCK,
  /** The caller chose a later time. */
  SCHEDULE,
  /** The recipient is shown that the account is typing it. */
  TYPING
}
