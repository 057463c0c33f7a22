package dev.switchboard.webhook.storage;

import dev.switchboard.webhook.Secret;
import dev.switchboard.webhook.Webhook;
import java.util.List;

/**
 * A webhook as it is kept.
 *
 * @param secrets the newest first
 */
public record StoredWebhook(Webhook webhook, List<Secret> secrets, Progress progress) {
  public StoredWebhook {
    secrets = List.copyOf(secrets);
    if (secrets.isEmpty() || secrets.size() > Secret.MOST_LIVE) {
      throw new IllegalArgumentException("a webhook has one secret, or two");
    }
  }
}
