package dev.switchboard.store.account;

import static dev.switchboard.store.jooq.Tables.TENANT;

import dev.switchboard.connector.AccountRecords;
import dev.switchboard.instance.state.InstanceStore;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.event.Occurrence;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceSettings;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.StateChange;
import dev.switchboard.projection.JournaledRecords;
import dev.switchboard.projection.PendingRecords;
import dev.switchboard.store.database.Transactions;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.event.EventRows;
import dev.switchboard.store.jooq.Tables;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Instances in PostgreSQL. */
public final class PostgresInstanceStore implements InstanceStore {
  private final Transactions transactions;
  private final InstanceRow rows;
  private final RecordTable records;
  private final PendingRecords pending;
  private final EventRows events;

  /** Without a journal, and nobody is told. */
  public PostgresInstanceStore(Transactions transactions, Encryption encryption) {
    this(transactions, encryption, PendingRecords.none(), EventRows.none());
  }

  public PostgresInstanceStore(
      Transactions transactions, Encryption encryption, PendingRecords pending, EventRows events) {
    this.transactions = transactions;
    this.rows = new InstanceRow(encryption);
    this.records = new RecordTable(encryption, pending);
    this.pending = pending;
    this.events = events;
  }

  @Override
  public void insert(Instance instance) {
    var tenant = instance.key().tenant();
    var inserted =
        transactions.write(dsl -> {
          if (!dsl.fetchExists(TENANT, TENANT.ID.eq(tenant.value()))) {
            throw new GatewayException(
                Reason.TENANT_NOT_FOUND, "there is no tenant '" + tenant + "'");
          }
          var rowsMade =
              dsl.insertInto(Tables.INSTANCE)
                  .set(rows.of(instance))
                  .onConflictDoNothing()
                  .execute();
          if (rowsMade == 1) {
            var created = new EventPayload.InstanceCreated(instance);
            events.add(dsl, new Occurrence(instance.key(), instance.createdAt(), created));
          }
          return rowsMade;
        });
    if (inserted == 0) {
      throw new GatewayException(
          Reason.INSTANCE_EXISTS, "there is an instance '" + instance.key().instance() + "'");
    }
  }

  @Override
  public Optional<Instance> find(AccountKey key) {
    return transactions.read(
        dsl -> dsl.selectFrom(Tables.INSTANCE).where(is(key)).fetchOptional(rows::toInstance));
  }

  @Override
  public List<Instance> list(TenantId tenant, String after, int limit) {
    return page(
        Tables.INSTANCE.TENANT_ID.eq(tenant.value()).and(Tables.INSTANCE.ID.gt(after)), limit);
  }

  @Override
  public List<Instance> listAll(@Nullable AccountKey after, int limit) {
    if (after == null) {
      return page(DSL.noCondition(), limit);
    }
    var start = DSL.row(after.tenant().value(), after.instance().value());
    return page(DSL.row(Tables.INSTANCE.TENANT_ID, Tables.INSTANCE.ID).gt(start), limit);
  }

  @Override
  public void transition(StateChange change) {
    var values =
        Map.of(
            Tables.INSTANCE.STATE, change.to().name(),
            Tables.INSTANCE.CAUSE, change.cause().name(),
            Tables.INSTANCE.DETAIL, change.detail(),
            Tables.INSTANCE.UNTIL, DSL.val(change.until(), Tables.INSTANCE.UNTIL),
            Tables.INSTANCE.STATE_CHANGED_AT, change.at());
    change(
        is(change.account()),
        values,
        after ->
            new Occurrence(
                change.account(),
                change.at(),
                new EventPayload.InstanceStateChanged(after, change.from())));
  }

  @Override
  public void settle(AccountKey key, InstanceSettings settings) {
    byte[] proxy = rows.sealRoute(key, settings.route());
    var values =
        Map.of(
            Tables.INSTANCE.DISPLAY_NAME, settings.displayName(),
            Tables.INSTANCE.PROXY, DSL.val(proxy, Tables.INSTANCE.PROXY),
            Tables.INSTANCE.PACING,
                DSL.val(InstanceRow.pacing(settings.pacing()), Tables.INSTANCE.PACING));
    change(
        is(key),
        values,
        after -> new Occurrence(key, null, new EventPayload.InstanceSettingsChanged(after)));
  }

  @Override
  public void link(AccountKey key, @Nullable Peer own) {
    transactions.run(dsl -> {
      if (own == null) {
        LinkLock.own(dsl, key);
      }
      var before = lock(dsl, key);
      if (before.isEmpty()) {
        return;
      }
      var previous = before.get().own();
      if (own == null) {
        unlink(dsl, key);
      } else if (!own.equals(previous)) {
        dsl.update(Tables.INSTANCE)
            .set(Tables.INSTANCE.OWN, rows.seal(key, own))
            .where(is(key))
            .execute();
      }
      relinked(previous, own).ifPresent(what -> events.add(dsl, new Occurrence(key, null, what)));
    });
  }

  /** As an update would: another may go on to refer to the instance. */
  private Optional<Instance> lock(DSLContext dsl, AccountKey key) {
    return dsl.selectFrom(Tables.INSTANCE)
        .where(is(key))
        .forNoKeyUpdate()
        .fetchOptional(rows::toInstance);
  }

  private static Optional<EventPayload> relinked(@Nullable Peer before, @Nullable Peer now) {
    if (Objects.equals(before, now)) {
      return Optional.empty();
    }
    if (now == null) {
      return Optional.of(new EventPayload.InstanceUnlinked(Objects.requireNonNull(before)));
    }
    return Optional.of(
        before == null
            ? new EventPayload.InstancePaired(now)
            : new EventPayload.InstanceAccountChanged(now, before));
  }

  private void unlink(DSLContext dsl, AccountKey key) {
    dsl.update(Tables.INSTANCE)
        .setNull(Tables.INSTANCE.OWN)
        .setNull(Tables.INSTANCE.REACHOUT_LOCK_SINCE)
        .setNull(Tables.INSTANCE.REACHOUT_LOCK_UNTIL)
        .set(Tables.INSTANCE.BANS_IN_A_ROW, 0)
        .set(Tables.INSTANCE.WANTED, false)
        .where(is(key))
        .execute();
    records.clear(dsl, key);
    dsl.deleteFrom(Tables.PRESENCE)
        .where(Tables.PRESENCE.TENANT_ID.eq(key.tenant().value()))
        .and(Tables.PRESENCE.INSTANCE_ID.eq(key.instance().value()))
        .execute();
  }

  @Override
  public void lockReachout(AccountKey key, @Nullable ReachoutLock lock) {
    var since = DSL.val(lock == null ? null : lock.since(), Tables.INSTANCE.REACHOUT_LOCK_SINCE);
    var until = DSL.val(lock == null ? null : lock.until(), Tables.INSTANCE.REACHOUT_LOCK_UNTIL);
    change(
        is(key)
            .and(
                Tables.INSTANCE
                    .REACHOUT_LOCK_SINCE
                    .isDistinctFrom(since)
                    .or(Tables.INSTANCE.REACHOUT_LOCK_UNTIL.isDistinctFrom(until))),
        Map.of(
            Tables.INSTANCE.REACHOUT_LOCK_SINCE, since,
            Tables.INSTANCE.REACHOUT_LOCK_UNTIL, until),
        after ->
            new Occurrence(key, null, new EventPayload.ReachoutLockChanged(after.reachoutLock())));
  }

  @Override
  public void countBans(AccountKey key, int inARow) {
    update(key, Map.of(Tables.INSTANCE.BANS_IN_A_ROW, inARow));
  }

  @Override
  public int bansInARow(AccountKey key) {
    return transactions.read(dsl ->
        dsl.select(Tables.INSTANCE.BANS_IN_A_ROW)
            .from(Tables.INSTANCE)
            .where(is(key))
            .fetchOptional(Tables.INSTANCE.BANS_IN_A_ROW)
            .orElse(0));
  }

  @Override
  public void want(AccountKey key, boolean wanted) {
    update(key, Map.of(Tables.INSTANCE.WANTED, wanted));
  }

  @Override
  public boolean delete(AccountKey key) {
    var deleted =
        transactions.write(dsl -> {
          Transactions.onEnd(
              dsl,
              durable -> {
                if (durable) {
                  pending.removed(key, Long.MAX_VALUE);
                } else {
                  pending.doubt(key);
                }
              });
          var gone = dsl.deleteFrom(Tables.INSTANCE).where(is(key)).execute();
          if (gone == 1) {
            events.add(dsl, new Occurrence(key, null, new EventPayload.InstanceDeleted()));
          }
          return gone;
        });
    return deleted == 1;
  }

  @Override
  public AccountRecords records(AccountKey key) {
    var stored = new PostgresAccountRecords(transactions, records, key);
    return new JournaledRecords(key, pending, stored);
  }

  /** Stores what the condition finds otherwise, and what is told of it. */
  private void change(
      Condition condition, Map<? extends Field<?>, ?> values, Function<Instance, Occurrence> told) {
    transactions.run(dsl ->
        dsl.update(Tables.INSTANCE)
            .set(values)
            .where(condition)
            .returning()
            .fetchOptional(rows::toInstance)
            .ifPresent(after -> events.add(dsl, told.apply(after))));
  }

  private void update(AccountKey key, Map<? extends Field<?>, ?> values) {
    var _ =
        transactions.write(dsl -> dsl.update(Tables.INSTANCE).set(values).where(is(key)).execute());
  }

  private List<Instance> page(Condition condition, int limit) {
    return transactions.read(dsl ->
        dsl.selectFrom(Tables.INSTANCE)
            .where(condition)
            .orderBy(Tables.INSTANCE.TENANT_ID, Tables.INSTANCE.ID)
            .limit(limit)
            .fetch(rows::toInstance));
  }

  private static Condition is(AccountKey key) {
    return Tables.INSTANCE
        .TENANT_ID
        .eq(key.tenant().value())
        .and(Tables.INSTANCE.ID.eq(key.instance().value()));
  }
}
