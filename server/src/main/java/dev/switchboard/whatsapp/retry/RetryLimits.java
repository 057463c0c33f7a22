package dev.switchboard.whatsapp.retry;

import java.time.Duration;

/**
 * The bounds of asking again and of answering. The first two are what independent clients keep to.
 *
 * @param requests how often a message that cannot be read is asked for
 * @param answers how often one message is sent again to one device
 * @param answerAge how long after it was accepted a message is sent again; older ones are not
 * @param remembered how many messages, on each side, are counted at once; the count of the one that
 *     was idle for longest is given up first
 * @param patience how long the answer to a request may take; a message that was asked for longer
 *     ago and did not come is asked for again at the next login
 * @param renewal the least time between two sessions with a device that are thrown away because
 *     messages keep failing
 */
public record RetryLimits(
    int requests,
    int answers,
    Duration answerAge,
    int remembered,
    Duration patience,
    Duration renewal) {
  public static final RetryLimits DEFAULT =
      new RetryLimits(5, 10, Duration.ofDays(14), 512, Duration.ofMinutes(1), Duration.ofHours(1));

  public RetryLimits {
    if (requests < 0 || answers < 0 || remembered < 1) {
      throw new IllegalArgumentException("bounds must not be negative");
    }
  }

  /** The same with another age of messages that are sent again. */
  public RetryLimits withAnswerAge(Duration other) {
    return new RetryLimits(requests, answers, other, remembered, patience, renewal);
  }
}
