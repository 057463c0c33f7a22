package dev.switchboard.whatsapp.login;

import java.time.Duration;

/**
 * How many prekeys the server is given, and how long they serve.
 *
 * @param initial one-time prekeys when it has none (812 as independent clients do)
 * @param minimum it is given more when it has fewer
 * @param refill how many more
 * @param signedPreKeyAge after how long the signed prekey is followed by a new one
 * @param retiredPreKeyAge how long the one before still reads messages that were encrypted for it;
 *     the network keeps messages for a device that is away for 30 days (read in public sources)
 */
public record PreKeyLimits(
    int initial, int minimum, int refill, Duration signedPreKeyAge, Duration retiredPreKeyAge) {
  /** Of the ages the first is that of independent clients (read in public sources). */
  public static final PreKeyLimits DEFAULT =
      new PreKeyLimits(812, 20, 100, Duration.ofDays(27), Duration.ofDays(31));

  public PreKeyLimits {
    if (initial < 1 || minimum < 1 || refill < minimum) {
      throw new IllegalArgumentException("prekeys are needed, and a refill reaches the minimum");
    }
    if (!signedPreKeyAge.isPositive() || retiredPreKeyAge.isNegative()) {
      throw new IllegalArgumentException("ages of signed prekeys are positive");
    }
  }

  /** The same with another age of the signed prekey. */
  public PreKeyLimits withSignedPreKeyAge(Duration other) {
    return new PreKeyLimits(initial, minimum, refill, other, retiredPreKeyAge);
  }
}
