package dev.switchboard.inbox;

import dev.switchboard.model.message.Message;

/** Something happened to a message of an account. */
public sealed interface MessageEvent {
  /** The message as it is after the event. */
  Message message();

  /** It arrived, or another device of the account sent it. */
  record Received(Message message) implements MessageEvent {}

  /** It could not be decrypted before and is readable now. */
  record Resolved(Message message) implements MessageEvent {}

  /** Its status moved forward. */
  record StatusChanged(Message message) implements MessageEvent {}
}
