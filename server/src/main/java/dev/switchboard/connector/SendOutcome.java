package dev.switchboard.connector;

import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Failure;
import java.time.Duration;
import java.time.Instant;

/** What became of one attempt to send. */
public sealed interface SendOutcome {
  /**
   * The network acknowledged it.
   *
   * @param to the recipient under every name that is known by now
   */
  record Sent(Instant at, Peer to) implements SendOutcome {}

  /** It did not leave, for a reason that may pass. */
  record Retry(Duration after, String detail) implements SendOutcome {}

  /** It did not and will not arrive. */
  record Refused(Failure failure) implements SendOutcome {}

  /**
   * It was written and not acknowledged: it may have arrived. Only the same id may go out again.
   */
  record Unknown(String detail) implements SendOutcome {}
}
