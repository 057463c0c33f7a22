package dev.switchboard.store.webhook;

import static dev.switchboard.store.jooq.Tables.WEBHOOK;

import dev.switchboard.store.database.Transactions;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.webhook.Secret;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.storage.StoredWebhook;
import dev.switchboard.webhook.storage.WebhookStore;
import java.util.List;
import java.util.Optional;
import org.jooq.impl.DSL;

/** Webhooks in PostgreSQL. Each change is one statement: it is there as a whole, or not at all. */
public final class PostgresWebhookStore implements WebhookStore {
  private final Transactions transactions;
  private final WebhookBytes bytes;
  private final WebhookRow rows;

  public PostgresWebhookStore(Transactions transactions, Encryption encryption) {
    this.transactions = transactions;
    bytes = new WebhookBytes(encryption);
    rows = new WebhookRow(bytes);
  }

  @Override
  public boolean insert(StoredWebhook webhook) {
    var row = rows.row(webhook.webhook(), webhook.progress());
    row.setSecrets(bytes.secrets(webhook.webhook().key(), webhook.secrets()));
    return transactions.write(
            dsl -> dsl.insertInto(WEBHOOK).set(row).onConflictDoNothing().execute())
        == 1;
  }

  @Override
  public List<StoredWebhook> list(Optional<WebhookKey> after, int limit) {
    var behind =
        after
            .map(key -> DSL.row(WEBHOOK.TENANT_ID, WEBHOOK.ID).gt(key.tenant().value(), key.id()))
            .orElse(DSL.noCondition());
    return transactions.read(dsl ->
        dsl.selectFrom(WEBHOOK)
            .where(behind)
            .orderBy(WEBHOOK.TENANT_ID, WEBHOOK.ID)
            .limit(limit)
            .fetch(rows::webhook));
  }

  @Override
  public void sign(WebhookKey key, List<Secret> secrets) {
    var sealed = bytes.secrets(key, secrets);
    transactions.run(dsl ->
        dsl.update(WEBHOOK).set(WEBHOOK.SECRETS, sealed).where(WebhookRow.is(key)).execute());
  }

  @Override
  public boolean delete(WebhookKey key) {
    return transactions.write(dsl -> dsl.deleteFrom(WEBHOOK).where(WebhookRow.is(key)).execute())
        == 1;
  }
}
