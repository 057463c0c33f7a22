package dev.switchboard.outbox;

import java.time.Duration;
import java.util.List;

/**
 * How stubborn a sender is.
 *
 * @param retryDelays how long to wait after the first, second, … failure that may pass; after the
 *     last one the message fails
 * @param attemptLimit how often a message may be written without an acknowledgement before it fails
 *     with OUTCOME_UNKNOWN
 * @param storageRetryDelay how long to wait while storage is away
 */
public record SendPolicy(List<Duration> retryDelays, int attemptLimit, Duration storageRetryDelay) {
  public SendPolicy {
    retryDelays = List.copyOf(retryDelays);
    if (attemptLimit < 1) {
      throw new IllegalArgumentException("at least one attempt is needed");
    }
  }
}
