package dev.switchboard.whatsapp.inbound;

import java.time.Duration;

/**
 * The bounds of receiving.
 *
 * @param retryReceipts how often a message that cannot be read is asked for again
 * @param undecryptableGrace how long such a message is waited for before it is told as it came
 * @param undecryptableLimit how many such messages are remembered at once
 * @param activeReceipts whether deliveries are told as by somebody who is online; a passive device
 *     marks them {@code inactive}, as independent clients do
 */
public record ReceiveLimits(
    int retryReceipts,
    Duration undecryptableGrace,
    int undecryptableLimit,
    boolean activeReceipts) {

  public static final ReceiveLimits DEFAULT =
      new ReceiveLimits(5, Duration.ofMinutes(1), 256, false);

  public ReceiveLimits {
    if (retryReceipts < 0 || undecryptableLimit < 1) {
      throw new IllegalArgumentException("bounds must not be negative");
    }
  }
}
