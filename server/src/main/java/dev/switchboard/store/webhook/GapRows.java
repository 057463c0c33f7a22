package dev.switchboard.store.webhook;

import static dev.switchboard.store.jooq.Tables.WEBHOOK_GAP;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.store.jooq.tables.records.WebhookGapRecord;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.storage.Drop;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.impl.DSL;

/** What was dropped of webhooks that are disabled: one row for each instance. */
final class GapRows {
  private GapRows() {}

  /** Adds to what is there. */
  static void add(DSLContext dsl, WebhookKey key, List<Drop> drops) {
    if (!drops.isEmpty()) {
      var _ = dsl.batch(drops.stream().map(drop -> upsert(dsl, key, drop)).toList()).execute();
    }
  }

  /** What is there, and is not any more, together with more. */
  static Collection<Drop> take(DSLContext dsl, WebhookKey key, List<Drop> more) {
    var drops = new LinkedHashMap<AccountKey, Drop>();
    dsl.deleteFrom(WEBHOOK_GAP)
        .where(WEBHOOK_GAP.TENANT_ID.eq(key.tenant().value()))
        .and(WEBHOOK_GAP.WEBHOOK_ID.eq(key.id()))
        .returning()
        .fetch(row -> drop(key, row))
        .forEach(drop -> drops.put(drop.account(), drop));
    more.forEach(drop -> drops.merge(drop.account(), drop, Drop::and));
    return drops.values();
  }

  private static Query upsert(DSLContext dsl, WebhookKey key, Drop drop) {
    return dsl.insertInto(WEBHOOK_GAP)
        .set(WEBHOOK_GAP.TENANT_ID, key.tenant().value())
        .set(WEBHOOK_GAP.WEBHOOK_ID, key.id())
        .set(WEBHOOK_GAP.INSTANCE_ID, drop.account().instance().value())
        .set(WEBHOOK_GAP.EVENTS, drop.count())
        .set(WEBHOOK_GAP.FIRST_SEQUENCE, drop.first())
        .set(WEBHOOK_GAP.LAST_SEQUENCE, drop.last())
        .onConflict(WEBHOOK_GAP.TENANT_ID, WEBHOOK_GAP.WEBHOOK_ID, WEBHOOK_GAP.INSTANCE_ID)
        .doUpdate()
        .set(WEBHOOK_GAP.EVENTS, WEBHOOK_GAP.EVENTS.plus(drop.count()))
        .set(
            WEBHOOK_GAP.FIRST_SEQUENCE,
            DSL.least(WEBHOOK_GAP.FIRST_SEQUENCE, DSL.val(drop.first())))
        .set(
            WEBHOOK_GAP.LAST_SEQUENCE,
            DSL.greatest(WEBHOOK_GAP.LAST_SEQUENCE, DSL.val(drop.last())));
  }

  private static Drop drop(WebhookKey key, WebhookGapRecord row) {
    var account = new AccountKey(key.tenant(), new InstanceId(row.getInstanceId()));
    return new Drop(account, row.getEvents(), row.getFirstSequence(), row.getLastSequence());
  }
}
