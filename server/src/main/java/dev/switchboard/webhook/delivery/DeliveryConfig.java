package dev.switchboard.webhook.delivery;

import dev.switchboard.webhook.queue.QueueLimits;
import java.time.Duration;

/**
 * How webhooks work.
 *
 * @param queue bounds of each
 * @param inFlight how many attempts of all of them may be on their way at once
 * @param perTenant how many webhooks a tenant may have
 * @param total how many there may be
 * @param kept for how long deliveries are kept that came to their end
 * @param mostKept how many of those of one webhook are kept
 * @param drain how long attempts may take that are on their way when the server ends
 */
public record DeliveryConfig(
    QueueLimits queue,
    int inFlight,
    int perTenant,
    int total,
    Duration kept,
    int mostKept,
    Duration drain) {
  public DeliveryConfig {
    boolean nothing = inFlight < 1 || perTenant < 1 || total < 1 || mostKept < 1;
    if (nothing || kept.isNegative() || drain.isNegative()) {
      throw new IllegalArgumentException("a bound of webhooks is out of range");
    }
  }
}
