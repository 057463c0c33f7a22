package dev.switchboard.webhook.delivery;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.webhook.Secret;
import dev.switchboard.webhook.Webhook;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.WebhookSettings;
import dev.switchboard.webhook.WebhookState;
import dev.switchboard.webhook.Webhooks;
import dev.switchboard.webhook.storage.Drop;
import dev.switchboard.webhook.storage.Progress;
import dev.switchboard.webhook.storage.Step;
import dev.switchboard.webhook.storage.StoredDelivery;
import dev.switchboard.webhook.storage.StoredWebhook;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which webhooks there are. Killed after a new one is stored: it is there after the start, and its
 * caller, who got no answer, asks again. Killed before one that goes is deleted: it goes on.
 */
final class Roster {
  private static final Logger LOG = LoggerFactory.getLogger(Roster.class);
  private static final int PAGE = 200;

  private final RunningWebhooks.Parts parts;
  private final WebhookRunners runners;

  /** One at a time makes a webhook or takes one away, so that the counts are right. */
  private final ReentrantLock door = new ReentrantLock();

  Roster(RunningWebhooks.Parts parts, WebhookRunners runners) {
    this.parts = parts;
    this.runners = runners;
  }

  /** Those that were there before. */
  void bringBack() {
    Optional<WebhookKey> after = Optional.empty();
    List<StoredWebhook> page;
    do {
      page = parts.webhooks().list(after, PAGE);
      for (StoredWebhook stored : page) {
        runners.bringBack(inThisLog(stored));
        after = Optional.of(stored.webhook().key());
      }
    } while (!page.isEmpty());
  }

  /** Positions mean nothing in another log: it begins with what that one has. */
  private StoredWebhook inThisLog(StoredWebhook stored) {
    if (stored.progress().log().equals(parts.events().logId())) {
      return stored;
    }
    Webhook webhook = stored.webhook();
    Map<Object, Drop> drops = new HashMap<>();
    for (StoredDelivery lost : parts.deliveries().waiting(webhook.key())) {
      Drop drop = Drop.of(lost.delivery().account(), lost.delivery().sequence());
      drops.merge(drop.account(), drop, Drop::and);
    }
    Progress progress = Progress.at(parts.events().logId(), parts.events().first());
    parts
        .deliveries()
        .restart(new Step(webhook, progress, List.of(), List.copyOf(drops.values()), false));
    LOG.warn("The log of events is another: webhook {} begins anew", webhook.key());
    return new StoredWebhook(webhook, stored.secrets(), progress);
  }

  Webhooks.Created create(WebhookKey key, WebhookSettings settings) {
    door.lock();
    try {
      requireFree(key);
      Instant now = parts.clock().instant();
      Webhook webhook =
          new Webhook(key, settings, WebhookState.ENABLED, Optional.empty(), now, now);
      Secret secret = secret(now);
      Progress progress = Progress.at(parts.events().logId(), parts.events().end());
      StoredWebhook stored = new StoredWebhook(webhook, List.of(secret), progress);
      if (!parts.webhooks().insert(stored)) {
        throw taken(key);
      }
      runners.begin(stored);
      return new Webhooks.Created(webhook, secret);
    } finally {
      door.unlock();
    }
  }

  void delete(WebhookKey key) throws InterruptedException {
    door.lockInterruptibly();
    try {
      WebhookRunner runner = runners.require(key);
      runner.end(Duration.ZERO);
      try {
        boolean _ = parts.webhooks().delete(key);
        runners.remove(key);
      } catch (RuntimeException e) {
        runners.revive(runner);
        throw e;
      }
    } finally {
      door.unlock();
    }
  }

  Secret secret(Instant now) {
    byte[] key = new byte[Secret.BYTES];
    parts.random().nextBytes(key);
    return new Secret(key, now, Optional.empty());
  }

  private void requireFree(WebhookKey key) {
    if (runners.find(key).isPresent()) {
      throw taken(key);
    }
    if (runners.of(key.tenant(), "").size() >= parts.config().perTenant()
        || runners.size() >= parts.config().total()) {
      throw new GatewayException(
          Reason.TOO_MANY_WEBHOOKS, "there are as many webhooks as there may be");
    }
  }

  private static GatewayException taken(WebhookKey key) {
    return new GatewayException(
        Reason.WEBHOOK_EXISTS, "there is a webhook " + key.id() + " already");
  }
}
