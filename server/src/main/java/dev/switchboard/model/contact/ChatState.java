package dev.switchboard.model.contact;

/** What somebody does in a chat at the moment. */
public enum ChatState {
  COMPOSING,
  /** A voice message. */
  RECORDING,
  PAUSED
}
