package dev.switchboard.webhook.storage;

import dev.switchboard.webhook.Secret;
import dev.switchboard.webhook.WebhookKey;
import java.util.List;
import java.util.Optional;

/** Where webhooks are kept. Every method throws STORAGE_UNAVAILABLE when storage is away. */
public interface WebhookStore {
  /** Stores a new one; false when the id is taken. */
  boolean insert(StoredWebhook webhook);

  /** In order of tenant and id, after the given one. */
  List<StoredWebhook> list(Optional<WebhookKey> after, int limit);

  /** Has it signed by these, the newest first. */
  void sign(WebhookKey key, List<Secret> secrets);

  /** Deletes it and all of its deliveries; false when it is gone. */
  boolean delete(WebhookKey key);
}
