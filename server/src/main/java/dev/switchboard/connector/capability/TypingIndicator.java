package dev.switchboard.connector.capability;

import dev.switchboard.model.Peer;
import java.time.Duration;

/**
 * A capability of engines: to show people that the account is typing to them. From any thread; it
 * returns at once and promises nothing, since no message is to fail for it.
 */
@FunctionalInterface
public interface TypingIndicator {
  /** Shows it to the person for so long, or until a message to them leaves. */
  void typing(Peer to, Duration atMost);
}
