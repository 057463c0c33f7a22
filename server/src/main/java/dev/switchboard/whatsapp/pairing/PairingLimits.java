package dev.switchboard.whatsapp.pairing;

import java.time.Duration;

/**
 * How long codes are shown. Measured: the server gives six, the first for 60 seconds and the others
 * for 20 each, then closes.
 *
 * @param answerTimeout how long the server may take between the scan's parts, and to send codes
 */
public record PairingLimits(
    Duration firstCodeLifetime, Duration nextCodeLifetime, Duration answerTimeout) {
  public static final PairingLimits DEFAULT =
      new PairingLimits(Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(30));
}
