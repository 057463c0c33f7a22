package dev.switchboard.webhook;

/** What became of an event at a webhook. */
public enum DeliveryState {
  /** It is to be posted, for the first time or again. */
  WAITING,
  /** The receiver answered 2xx. */
  DELIVERED,
  /** It was given up; its owner may have it tried again. */
  FAILED,
  /** Its owner wants it no more. */
  CLEARED
}
