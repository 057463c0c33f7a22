package dev.switchboard.webhook.queue;

import java.time.Duration;

/**
 * Bounds of one webhook.
 *
 * @param open how many deliveries may be open
 * @param inFlight how many may be posted at once
 * @param retryFor for how long a delivery is tried again after its first attempt
 * @param retryBase what the first wait is at most; the next ones twice the one before
 * @param retryCap what any wait is at most
 */
public record QueueLimits(
    int open, int inFlight, Duration retryFor, Duration retryBase, Duration retryCap) {
  public QueueLimits {
    boolean order = retryBase.isPositive() && retryCap.compareTo(retryBase) >= 0;
    if (open < 1 || inFlight < 1 || !retryFor.isPositive() || !order) {
      throw new IllegalArgumentException("a bound of webhooks is out of range");
    }
  }
}
