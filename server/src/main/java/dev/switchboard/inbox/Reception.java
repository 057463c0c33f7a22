package dev.switchboard.inbox;

import dev.switchboard.model.message.Message;

/** What became of an arrival in storage. */
public sealed interface Reception {
  /** It was stored as a new message. */
  record Stored(Message message) implements Reception {}

  /**
   * It took the place of a copy that could not be decrypted.
   *
   * @param message as it is now: still recorded when the first copy came
   */
  record Resolved(Message message) implements Reception {}

  /** It was there already, and is what it was, or is still not readable. */
  record Known() implements Reception {}
}
