package dev.switchboard.webhook;

import dev.switchboard.event.reading.Start;
import dev.switchboard.model.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What callers may do with webhooks. Every method that names one throws WEBHOOK_NOT_FOUND, and
 * STORAGE_UNAVAILABLE when storage is away; what is changed is durable when the method returns.
 * Safe for use by many threads.
 */
public interface Webhooks {
  /**
   * Makes a webhook that gets events from now on.
   *
   * @throws dev.switchboard.model.GatewayException WEBHOOK_EXISTS, TOO_MANY_WEBHOOKS, INVALID_FIELD
   */
  Created create(WebhookKey key, WebhookSettings settings);

  Webhook find(WebhookKey key);

  /** By id, after the given one ("" from the start). */
  List<Webhook> list(TenantId tenant, String after, int limit);

  /**
   * Changes what callers choose. What is on its way is posted as it was before; what waits, as it
   * is from now on.
   *
   * @param state ENABLED or PAUSED when that is to change, too
   * @throws dev.switchboard.model.GatewayException INVALID_FIELD
   */
  Webhook update(
      WebhookKey key, UnaryOperator<WebhookSettings> change, Optional<WebhookState> state);

  /** Deletes it with its deliveries. */
  void delete(WebhookKey key);

  /**
   * Makes a new secret; it signs from now on.
   *
   * @param overlap how long the one before signs beside it
   */
  Secret rotateSecret(WebhookKey key, Duration overlap);

  /** Posts a test at once, in whatever state the webhook is; it is no delivery. */
  Attempt test(WebhookKey key) throws InterruptedException;

  /**
   * What is known of deliveries, the newest events first. One that is about to be posted for the
   * first time may not be there yet.
   *
   * @param before those before this one only
   */
  List<Delivery> deliveries(
      WebhookKey key, Delivery.Selection selection, Optional<Delivery.Id> before, int limit);

  /**
   * One of them.
   *
   * @throws dev.switchboard.model.GatewayException DELIVERY_NOT_FOUND
   */
  Delivery delivery(WebhookKey key, Delivery.Id id);

  WebhookStatistics statistics(WebhookKey key);

  /**
   * Has failed deliveries tried again, as if they were new, as many as may be open; behind what
   * waits of their chats. Those whose event is gone stay as they are.
   *
   * @return how many
   */
  int retry(WebhookKey key, Delivery.Selection selection);

  /**
   * Gives up deliveries that wait, and forgets that others failed. When neither instances nor times
   * are named, also what the webhook did not get to in the log of events so far.
   *
   * @return how many
   */
  int clear(WebhookKey key, Delivery.Selection selection);

  /**
   * Posts events again that the log still has and the webhook wants by now, behind what waits.
   *
   * @param until where it ends; nothing after the end of the log as it is now
   * @throws dev.switchboard.model.GatewayException WEBHOOK_REPLAY_RUNNING, CURSOR_EXPIRED
   */
  Replay replay(WebhookKey key, Start from, Start until);

  /** Ends the newest replay; what of it waits is cleared. False when nothing of it was left. */
  boolean endReplay(WebhookKey key);

  /** A new webhook and what it signs with. */
  record Created(Webhook webhook, Secret secret) {}

  /**
   * Events that are posted again.
   *
   * @param round names it among those of the webhook
   * @param next the first position that it has not read
   * @param until the first position that it does not read
   */
  record Replay(int round, long next, long until) {}
}
