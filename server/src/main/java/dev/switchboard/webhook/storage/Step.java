package dev.switchboard.webhook.storage;

import dev.switchboard.webhook.Webhook;
import java.util.List;

/**
 * What changes in one transaction: all of it is there afterwards, or nothing.
 *
 * @param webhook as it is after it
 * @param deliveries that are new or changed
 * @param drops of which events are to tell, at once or, while it is disabled, when it is no more
 * @param resumed whether it was disabled until now: it is told, too, what was dropped meanwhile
 */
public record Step(
    Webhook webhook,
    Progress progress,
    List<StoredDelivery> deliveries,
    List<Drop> drops,
    boolean resumed) {
  public Step {
    deliveries = List.copyOf(deliveries);
    drops = List.copyOf(drops);
  }
}
