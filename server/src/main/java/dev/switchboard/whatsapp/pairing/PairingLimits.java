package dev.switchboard.whatsapp.pairing;

import java.time.Duration;

/**
 * How long codes are shown. Measured: the server gives six references of QR codes, the first for 60
 * seconds and the others for 20 each, then closes. A code that is typed lasts as long as all of
 * them; other clients give it 180 seconds at most (read in public sources).
 *
 * @param codeLifetime how long the codes that are typed last, all of them together
 * @param codes how many codes one pairing shows, each after the one before was typed wrong
 * @param answerTimeout how long the server may take between the scan's parts, and to send codes
 */
public record PairingLimits(
    Duration firstCodeLifetime,
    Duration nextCodeLifetime,
    Duration codeLifetime,
    int codes,
    Duration answerTimeout) {
  public static final PairingLimits DEFAULT =
      new PairingLimits(
          Duration.ofSeconds(60),
          Duration.ofSeconds(20),
          Duration.ofSeconds(160),
          3,
          Duration.ofSeconds(30));
}
