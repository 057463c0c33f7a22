package dev.switchboard.outbox.sender;

import java.time.Duration;
import java.util.List;

/**
 * How stubborn a sender is.
 *
 * @param retryDelays how long to wait after the first, second, … failure that may pass; after the
 *     last one the message fails
 * @param attemptLimit how often a message may be written without an acknowledgement before it fails
 *     with OUTCOME_UNKNOWN
 * @param inFlight how many messages of one account, each to another recipient, may wait for their
 *     acknowledgement at a time
 * @param troubleDelay how long to wait while the journal or storage is away
 */
public record SendPolicy(
    List<Duration> retryDelays, int attemptLimit, int inFlight, Duration troubleDelay) {
  public SendPolicy {
    retryDelays = List.copyOf(retryDelays);
    if (attemptLimit < 1 || inFlight < 1) {
      throw new IllegalArgumentException("at least one attempt and one flight are needed");
    }
  }

  /** Whether a message that failed so often before, each time for now, failed once too often. */
  boolean retriesExhausted(int failuresBefore) {
    return failuresBefore >= retryDelays.size();
  }

  /**
   * Whether a message that was never acknowledged was written once too often. An engine that fails
   * before it writes counts no attempt: then the failures end it.
   */
  boolean attemptsExhausted(int attempts, int failuresBefore) {
    return attempts >= attemptLimit || failuresBefore >= retryDelays.size() + attemptLimit;
  }

  /** How long to wait after one more failure; the last delay holds from its place on. */
  Duration delayAfter(int failuresBefore) {
    return retryDelays.isEmpty()
        ? Duration.ZERO
        : retryDelays.get(Math.min(failuresBefore, retryDelays.size() - 1));
  }
}
