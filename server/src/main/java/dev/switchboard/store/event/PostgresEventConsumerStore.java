package dev.switchboard.store.event;

import static dev.switchboard.store.jooq.Tables.EVENT_CONSUMER;
import static dev.switchboard.store.jooq.Tables.TENANT;

import dev.switchboard.event.consumer.EventConsumer;
import dev.switchboard.event.consumer.EventConsumerStore;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import dev.switchboard.store.database.Transactions;
import dev.switchboard.store.jooq.tables.records.EventConsumerRecord;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** Consumers of events in PostgreSQL. */
public final class PostgresEventConsumerStore implements EventConsumerStore {
  private final Transactions transactions;

  public PostgresEventConsumerStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Optional<EventConsumer> find(TenantId tenant, String id) {
    return transactions.read(dsl -> find(dsl, tenant, id));
  }

  @Override
  public EventConsumer advance(EventConsumer to) {
    return transactions.write(dsl -> {
      if (!moved(dsl, to) && find(dsl, to.tenant(), to.id()).isEmpty()) {
        insert(dsl, to);
      }
      return find(dsl, to.tenant(), to.id()).orElse(to); // Deleted by somebody else just now.
    });
  }

  @Override
  public List<EventConsumer> list(TenantId tenant, String after, int limit) {
    return transactions.read(dsl ->
        dsl.selectFrom(EVENT_CONSUMER)
            .where(EVENT_CONSUMER.TENANT_ID.eq(tenant.value()))
            .and(EVENT_CONSUMER.ID.gt(after))
            .orderBy(EVENT_CONSUMER.ID)
            .limit(limit)
            .fetch(PostgresEventConsumerStore::toConsumer));
  }

  @Override
  public boolean delete(TenantId tenant, String id) {
    return transactions.write(dsl -> dsl.deleteFrom(EVENT_CONSUMER).where(is(tenant, id)).execute())
        == 1;
  }

  private static Optional<EventConsumer> find(DSLContext dsl, TenantId tenant, String id) {
    return dsl.selectFrom(EVENT_CONSUMER)
        .where(is(tenant, id))
        .fetchOptional(PostgresEventConsumerStore::toConsumer);
  }

  /** Whether it was there, and behind. */
  private static boolean moved(DSLContext dsl, EventConsumer to) {
    return dsl.update(EVENT_CONSUMER)
            .set(EVENT_CONSUMER.LOG_ID, to.log())
            .set(EVENT_CONSUMER.POSITION, to.position())
            .set(EVENT_CONSUMER.ACKNOWLEDGED_AT, to.acknowledgedAt())
            .where(is(to.tenant(), to.id()))
            .and(EVENT_CONSUMER.LOG_ID.ne(to.log()).or(EVENT_CONSUMER.POSITION.lt(to.position())))
            .execute()
        == 1;
  }

  /** One at a time for a tenant, so that the count is right. */
  private static void insert(DSLContext dsl, EventConsumer consumer) {
    var tenant = consumer.tenant().value();
    dsl.select(TENANT.ID).from(TENANT).where(TENANT.ID.eq(tenant)).forNoKeyUpdate().execute();
    if (moved(dsl, consumer) || find(dsl, consumer.tenant(), consumer.id()).isPresent()) {
      return; // Another call made it meanwhile.
    }
    if (dsl.fetchCount(EVENT_CONSUMER, EVENT_CONSUMER.TENANT_ID.eq(tenant)) >= MOST) {
      throw new GatewayException(
          Reason.TOO_MANY_CONSUMERS, "a tenant may have " + MOST + " consumers of events");
    }
    dsl.insertInto(EVENT_CONSUMER)
        .set(EVENT_CONSUMER.TENANT_ID, tenant)
        .set(EVENT_CONSUMER.ID, consumer.id())
        .set(EVENT_CONSUMER.LOG_ID, consumer.log())
        .set(EVENT_CONSUMER.POSITION, consumer.position())
        .set(EVENT_CONSUMER.ACKNOWLEDGED_AT, consumer.acknowledgedAt())
        .execute();
  }

  private static Condition is(TenantId tenant, String id) {
    return EVENT_CONSUMER.TENANT_ID.eq(tenant.value()).and(EVENT_CONSUMER.ID.eq(id));
  }

  private static EventConsumer toConsumer(EventConsumerRecord row) {
    return new EventConsumer(
        new TenantId(row.getTenantId()),
        row.getId(),
        row.getLogId(),
        row.getPosition(),
        row.getAcknowledgedAt());
  }
}
