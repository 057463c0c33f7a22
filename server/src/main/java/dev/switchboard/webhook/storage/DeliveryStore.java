package dev.switchboard.webhook.storage;

import dev.switchboard.webhook.Delivery;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.WebhookStatistics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where deliveries are kept. Every method throws STORAGE_UNAVAILABLE when storage is away. */
public interface DeliveryStore {
  /** Makes a step durable, as one. */
  void save(Step step);

  /**
   * Begins anew in another log: forgets every delivery, and tells what was dropped, as one step.
   */
  void restart(Step step);

  /** Those that wait, by round and position. */
  List<StoredDelivery> waiting(WebhookKey key);

  /** Those of a round, at or after a position, that do not wait. */
  Set<Long> ended(WebhookKey key, int round, long from);

  /** The newest first, before the given one. */
  List<Delivery> list(
      WebhookKey key, Delivery.Selection selection, Optional<Delivery.Id> before, int limit);

  Optional<Delivery> find(WebhookKey key, Delivery.Id id);

  /** Those that failed of events at or after a position, by position and round. */
  List<StoredDelivery> failed(WebhookKey key, Delivery.Selection selection, long from, int limit);

  /** Has those that failed cleared; returns how many. */
  int clearFailed(WebhookKey key, Delivery.Selection selection, Instant now);

  /** How many came to their end since a time. */
  WebhookStatistics.Count count(WebhookKey key, Instant since);

  /**
   * Deletes some of those that came to their end: older ones first, and none that a start needs to
   * know what it has not to post.
   *
   * @param before those that came to their end before this time
   * @param most and those that are more than so many
   * @param limit how many at once
   * @return how many; as many as the limit when there may be more
   */
  int sweep(WebhookKey key, Instant before, int most, int limit);
}
