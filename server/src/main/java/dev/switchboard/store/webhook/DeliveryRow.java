package dev.switchboard.store.webhook;

import static dev.switchboard.store.jooq.Tables.WEBHOOK_DELIVERY;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.event.EventKind;
import dev.switchboard.store.database.Texts;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.Place;
import dev.switchboard.store.jooq.tables.records.WebhookDeliveryRecord;
import dev.switchboard.webhook.Attempt;
import dev.switchboard.webhook.Delivery;
import dev.switchboard.webhook.DeliveryState;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.storage.StoredDelivery;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** Deliveries as rows. */
final class DeliveryRow {
  private static final int COLUMNS = 14;
  private static final String UPSERT =
      """
      insert into webhook_delivery (tenant_id, webhook_id, position, round, event_id, instance_id,
        kind, sequence, recorded_at, state, failure, attempts, due_at, updated_at, detail)
      select tenant, webhook, position::bigint, round::integer, event, instance, kind::integer,
        sequence::bigint, recorded::timestamptz, state, failure, attempts::integer,
        due::timestamptz, updated::timestamptz, detail
      from unnest({0}) as k(tenant, webhook, position, round, event, instance, kind, sequence,
        recorded, state, failure, attempts, due, updated, detail)
      on conflict (tenant_id, webhook_id, position, round) do update set
        state = excluded.state, failure = excluded.failure, attempts = excluded.attempts,
        due_at = excluded.due_at, updated_at = excluded.updated_at, detail = excluded.detail
      """;

  private final Encryption encryption;

  DeliveryRow(Encryption encryption) {
    this.encryption = encryption;
  }

  /** Stores them, with one statement; those that are there are changed. */
  void upsert(DSLContext dsl, List<StoredDelivery> deliveries) {
    if (deliveries.isEmpty()) {
      return;
    }
    var texts = new Texts(COLUMNS);
    var details = new byte[deliveries.size()][];
    for (var i = 0; i < details.length; i++) {
      var stored = deliveries.get(i);
      add(texts, stored.delivery(), stored.recordedAt());
      details[i] = sealed(stored);
    }
    var _ = texts.execute(dsl, UPSERT, details);
  }

  StoredDelivery stored(WebhookDeliveryRecord row) {
    var key = new WebhookKey(new TenantId(row.getTenantId()), row.getWebhookId());
    var id = new Delivery.Id(row.getPosition(), row.getRound());
    return Bytes.read(
        encryption.open(row.getDetail(), place(key, id)), input -> read(input, row, key, id));
  }

  private static void add(Texts texts, Delivery delivery, Instant recordedAt) {
    texts.add(
        delivery.webhook().tenant().value(),
        delivery.webhook().id(),
        delivery.id().position(),
        delivery.id().round(),
        delivery.eventId(),
        delivery.account().instance().value(),
        delivery.kind().number(),
        delivery.sequence(),
        recordedAt,
        delivery.state(),
        delivery.failure().map(Enum::name).orElse(null),
        delivery.attempts(),
        delivery.dueAt().orElse(null),
        delivery.updatedAt());
  }

  private byte[] sealed(StoredDelivery stored) {
    var delivery = stored.delivery();
    return encryption.seal(
        Bytes.written(output -> write(output, stored)), place(delivery.webhook(), delivery.id()));
  }

  private static void write(DataOutputStream output, StoredDelivery stored) throws IOException {
    output.writeInt(stored.tries());
    Bytes.write(output, stored.since());
    output.writeBoolean(stored.held());
    output.writeInt(stored.lanes().length);
    for (var lane : stored.lanes()) {
      output.writeLong(lane);
    }
    output.writeInt(stored.delivery().newestAttempts().size());
    for (var attempt : stored.delivery().newestAttempts()) {
      AttemptBytes.write(output, attempt);
    }
  }

  private static StoredDelivery read(
      DataInputStream input, WebhookDeliveryRecord row, WebhookKey key, Delivery.Id id)
      throws IOException {
    var tries = input.readInt();
    var since = Bytes.optionalInstant(input);
    var held = input.readBoolean();
    var lanes = new long[input.readInt()];
    for (var i = 0; i < lanes.length; i++) {
      lanes[i] = input.readLong();
    }
    var attempts = new ArrayList<Attempt>();
    for (var left = input.readInt(); left > 0; left--) {
      attempts.add(AttemptBytes.read(input));
    }
    var delivery =
        new Delivery(
            key,
            id,
            row.getEventId(),
            new AccountKey(key.tenant(), new InstanceId(row.getInstanceId())),
            EventKind.of(row.getKind()),
            row.getSequence(),
            DeliveryState.valueOf(row.getState()),
            Optional.ofNullable(row.getFailure()).map(Delivery.Failure::valueOf),
            row.getAttempts(),
            Optional.ofNullable(row.getDueAt()),
            row.getUpdatedAt(),
            attempts);
    return new StoredDelivery(delivery, lanes, row.getRecordedAt(), tries, since, held);
  }

  private static Place place(WebhookKey key, Delivery.Id id) {
    return Place.of(
        WEBHOOK_DELIVERY.getName(),
        key.tenant().value(),
        key.id(),
        Long.toString(id.position()),
        Integer.toString(id.round()));
  }
}
