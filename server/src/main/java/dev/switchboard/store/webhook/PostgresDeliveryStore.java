package dev.switchboard.store.webhook;

import static dev.switchboard.store.jooq.Tables.WEBHOOK;
import static dev.switchboard.store.jooq.Tables.WEBHOOK_DELIVERY;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.Reason;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.event.Occurrence;
import dev.switchboard.store.database.Transactions;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.event.EventRows;
import dev.switchboard.webhook.Delivery;
import dev.switchboard.webhook.DeliveryState;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.WebhookState;
import dev.switchboard.webhook.WebhookStatistics;
import dev.switchboard.webhook.storage.DeliveryStore;
import dev.switchboard.webhook.storage.Drop;
import dev.switchboard.webhook.storage.Step;
import dev.switchboard.webhook.storage.StoredDelivery;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Deliveries in PostgreSQL. A step is one transaction: the deliveries, the place of the webhook and
 * the events that tell of dropped ones are there together, or none of them is. So a place is never
 * ahead of what is known of the events before it. What was posted after the last step is posted
 * again after a kill, under the same event id.
 */
public final class PostgresDeliveryStore implements DeliveryStore {
  private final Transactions transactions;
  private final EventRows events;
  private final WebhookRow webhooks;
  private final DeliveryRow rows;

  public PostgresDeliveryStore(Transactions transactions, Encryption encryption, EventRows events) {
    this.transactions = transactions;
    this.events = events;
    webhooks = new WebhookRow(new WebhookBytes(encryption));
    rows = new DeliveryRow(encryption);
  }

  @Override
  public void save(Step step) {
    transactions.run(dsl -> save(dsl, step));
  }

  @Override
  public void restart(Step step) {
    transactions.run(dsl -> {
      dsl.deleteFrom(WEBHOOK_DELIVERY).where(of(step.webhook().key())).execute();
      save(dsl, step);
    });
  }

  private void save(DSLContext dsl, Step step) {
    var row = webhooks.row(step.webhook(), step.progress());
    var key = step.webhook().key();
    if (dsl.update(WEBHOOK).set(row).where(WebhookRow.is(key)).execute() == 0) {
      throw new GatewayException(Reason.WEBHOOK_NOT_FOUND, "the webhook was deleted");
    }
    rows.upsert(dsl, step.deliveries());
    events.add(dsl, toTell(dsl, step).stream().map(drop -> told(key, drop)).toList());
  }

  private static Collection<Drop> toTell(DSLContext dsl, Step step) {
    var key = step.webhook().key();
    if (step.webhook().state() == WebhookState.DISABLED) {
      GapRows.add(dsl, key, step.drops());
      return List.of();
    }
    return step.resumed() ? GapRows.take(dsl, key, step.drops()) : step.drops();
  }

  private static Occurrence told(WebhookKey key, Drop drop) {
    var payload =
        new EventPayload.WebhookEventsDropped(key.id(), drop.count(), drop.first(), drop.last());
    return new Occurrence(drop.account(), null, payload);
  }

  @Override
  public List<StoredDelivery> waiting(WebhookKey key) {
    return transactions.read(dsl ->
        dsl.selectFrom(WEBHOOK_DELIVERY)
            .where(of(key))
            .and(in(DeliveryState.WAITING))
            .orderBy(WEBHOOK_DELIVERY.ROUND, WEBHOOK_DELIVERY.POSITION)
            .fetch(rows::stored));
  }

  @Override
  public Set<Long> ended(WebhookKey key, int round, long from) {
    return transactions.read(dsl ->
        new HashSet<>(
            dsl.select(WEBHOOK_DELIVERY.POSITION)
                .from(WEBHOOK_DELIVERY)
                .where(of(key))
                .and(WEBHOOK_DELIVERY.POSITION.ge(from))
                .and(WEBHOOK_DELIVERY.ROUND.eq(round))
                .and(DSL.not(in(DeliveryState.WAITING)))
                .fetch(WEBHOOK_DELIVERY.POSITION)));
  }

  @Override
  public List<Delivery> list(
      WebhookKey key, Delivery.Selection selection, Optional<Delivery.Id> before, int limit) {
    var earlier =
        before
            .map(id ->
                DSL.row(WEBHOOK_DELIVERY.POSITION, WEBHOOK_DELIVERY.ROUND)
                    .lt(id.position(), id.round()))
            .orElse(DSL.noCondition());
    return transactions.read(dsl ->
        dsl.selectFrom(WEBHOOK_DELIVERY)
            .where(of(key))
            .and(chosen(selection))
            .and(earlier)
            .orderBy(WEBHOOK_DELIVERY.POSITION.desc(), WEBHOOK_DELIVERY.ROUND.desc())
            .limit(limit)
            .fetch(row -> rows.stored(row).delivery()));
  }

  @Override
  public Optional<Delivery> find(WebhookKey key, Delivery.Id id) {
    return transactions.read(dsl ->
        dsl.selectFrom(WEBHOOK_DELIVERY)
            .where(of(key))
            .and(WEBHOOK_DELIVERY.POSITION.eq(id.position()))
            .and(WEBHOOK_DELIVERY.ROUND.eq(id.round()))
            .fetchOptional(row -> rows.stored(row).delivery()));
  }

  @Override
  public List<StoredDelivery> failed(
      WebhookKey key, Delivery.Selection selection, long from, int limit) {
    return transactions.read(dsl ->
        dsl.selectFrom(WEBHOOK_DELIVERY)
            .where(of(key))
            .and(chosen(selection.in(Set.of(DeliveryState.FAILED))))
            .and(WEBHOOK_DELIVERY.POSITION.ge(from))
            .orderBy(WEBHOOK_DELIVERY.POSITION, WEBHOOK_DELIVERY.ROUND)
            .limit(limit)
            .fetch(rows::stored));
  }

  @Override
  public int clearFailed(WebhookKey key, Delivery.Selection selection, Instant now) {
    return transactions.write(dsl ->
        dsl.update(WEBHOOK_DELIVERY)
            .set(WEBHOOK_DELIVERY.STATE, DeliveryState.CLEARED.name())
            .setNull(WEBHOOK_DELIVERY.FAILURE)
            .set(WEBHOOK_DELIVERY.UPDATED_AT, now)
            .where(of(key))
            .and(chosen(selection.in(Set.of(DeliveryState.FAILED))))
            .execute());
  }

  @Override
  public WebhookStatistics.Count count(WebhookKey key, Instant since) {
    var delivered = DSL.count().filterWhere(in(DeliveryState.DELIVERED));
    var failed = DSL.count().filterWhere(in(DeliveryState.FAILED));
    return transactions.read(dsl ->
        dsl.select(delivered, failed)
            .from(WEBHOOK_DELIVERY)
            .where(of(key))
            .and(WEBHOOK_DELIVERY.UPDATED_AT.ge(since))
            .fetchSingle(row -> new WebhookStatistics.Count(row.value1(), row.value2())));
  }

  @Override
  public int sweep(WebhookKey key, Instant before, int most, int limit) {
    return transactions.write(dsl -> DeliverySweep.run(dsl, key, before, most, limit));
  }

  private static Condition of(WebhookKey key) {
    return WEBHOOK_DELIVERY
        .TENANT_ID
        .eq(key.tenant().value())
        .and(WEBHOOK_DELIVERY.WEBHOOK_ID.eq(key.id()));
  }

  /** The state as a literal, so that the index of those in that state is used. */
  private static Condition in(DeliveryState state) {
    return WEBHOOK_DELIVERY.STATE.eq(DSL.inline(state.name()));
  }

  private static Condition chosen(Delivery.Selection selection) {
    Condition chosen = DSL.noCondition();
    if (!selection.states().isEmpty()) {
      chosen =
          chosen.and(DSL.or(selection.states().stream().map(PostgresDeliveryStore::in).toList()));
    }
    if (!selection.instances().isEmpty()) {
      chosen =
          chosen.and(
              WEBHOOK_DELIVERY.INSTANCE_ID.in(
                  selection.instances().stream().map(InstanceId::value).toList()));
    }
    if (!selection.events().isEmpty()) {
      chosen = chosen.and(WEBHOOK_DELIVERY.EVENT_ID.in(selection.events()));
    }
    return chosen
        .and(selection.since().map(WEBHOOK_DELIVERY.UPDATED_AT::ge).orElse(DSL.noCondition()))
        .and(selection.until().map(WEBHOOK_DELIVERY.UPDATED_AT::lt).orElse(DSL.noCondition()));
  }
}
