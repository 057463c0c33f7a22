package dev.switchboard.webhook;

/** Whether events are posted. */
public enum WebhookState {
  ENABLED,
  /** Its owner paused it: events wait for as long as the log of events keeps them. */
  PAUSED,
  /** This server ended it; its owner may enable it again, and gets what was kept of the time. */
  DISABLED
}
