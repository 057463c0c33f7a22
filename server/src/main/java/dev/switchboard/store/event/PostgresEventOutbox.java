package dev.switchboard.store.event;

import static dev.switchboard.store.jooq.Tables.EVENT_OUTBOX;

import dev.switchboard.event.EventDraft;
import dev.switchboard.event.EventOutbox;
import dev.switchboard.event.WaitingEvent;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.event.EventKind;
import dev.switchboard.store.database.Transactions;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.jooq.tables.records.EventOutboxRecord;
import java.util.Collection;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** What {@link EventRows} wrote. */
public final class PostgresEventOutbox implements EventOutbox {
  private static final int DELETED_AT_ONCE = 5_000;

  private final Transactions transactions;
  private final Encryption encryption;

  public PostgresEventOutbox(Transactions transactions, Encryption encryption) {
    this.transactions = transactions;
    this.encryption = encryption;
  }

  @Override
  public List<WaitingEvent> after(long id, int limit) {
    return transactions.read(dsl ->
        dsl.selectFrom(EVENT_OUTBOX)
            .where(EVENT_OUTBOX.ID.gt(id))
            .orderBy(EVENT_OUTBOX.ID)
            .limit(limit)
            .fetch(this::event));
  }

  @Override
  public void delete(Collection<Long> ids) {
    var left = List.copyOf(ids);
    for (var from = 0; from < left.size(); from += DELETED_AT_ONCE) {
      var some = left.subList(from, Math.min(from + DELETED_AT_ONCE, left.size()));
      transactions.run(dsl -> delete(dsl, some));
    }
  }

  private static void delete(DSLContext dsl, List<Long> ids) {
    dsl.deleteFrom(EVENT_OUTBOX)
        .where(EVENT_OUTBOX.ID.eq(DSL.any(ids.toArray(Long[]::new))))
        .execute();
  }

  private WaitingEvent event(EventOutboxRecord row) {
    var account =
        new AccountKey(new TenantId(row.getTenantId()), new InstanceId(row.getInstanceId()));
    var kind = EventKind.of(row.getKind());
    var content = encryption.open(row.getContent(), EventPlace.of(account, kind, row.getEventId()));
    return new WaitingEvent(row.getId(), new EventDraft(account, kind, row.getAt(), content));
  }
}
