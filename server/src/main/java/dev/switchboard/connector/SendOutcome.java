package dev.switchboard.connector;

import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Failure;
import java.time.Duration;
import java.time.Instant;

/**
 * What became of one attempt to send. {@link Retry} and {@link Refused} are said only when this
 * attempt surely did not reach the recipient; wherever it may have, it is {@link Unknown}. Neither
 * says anything of earlier attempts under the same id: after one that was Unknown, a Refused does
 * not mean that the message did not arrive.
 */
public sealed interface SendOutcome {
  /**
   * The network acknowledged it.
   *
   * @param to the recipient under every name that is known by now
   */
  record Sent(Instant at, Peer to) implements SendOutcome {}

  /**
   * It did not leave, or the network gave it back, for a reason that may pass: this attempt did not
   * arrive.
   */
  record Retry(Duration after, String detail) implements SendOutcome {}

  /**
   * It did not leave, or the network said that it does not take it: this attempt did not and will
   * not arrive.
   */
  record Refused(Failure failure) implements SendOutcome {}

  /**
   * It was written, at least in part, and the network did not say no: it may have arrived, at all
   * devices or at some. Only the same id may go out again.
   */
  record Unknown(String detail) implements SendOutcome {}
}
