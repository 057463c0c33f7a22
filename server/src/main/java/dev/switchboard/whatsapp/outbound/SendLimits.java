package dev.switchboard.whatsapp.outbound;

import java.time.Duration;

/**
 * The bounds of sending.
 *
 * @param ackTimeout how long the server's ack of a written message is waited for
 * @param deviceListAge how long a list of devices counts without a word of change
 * @param retryAfter the pause proposed after a failure that may pass
 */
public record SendLimits(Duration ackTimeout, Duration deviceListAge, Duration retryAfter) {
  public static final SendLimits DEFAULT =
      new SendLimits(Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofSeconds(2));
}
