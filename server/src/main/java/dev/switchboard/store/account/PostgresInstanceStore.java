package dev.switchboard.store.account;

import static dev.switchboard.store.jooq.Tables.TENANT;

import dev.switchboard.connector.AccountRecords;
import dev.switchboard.instance.state.InstanceStore;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceSettings;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.StateChange;
import dev.switchboard.projection.JournaledRecords;
import dev.switchboard.projection.PendingRecords;
import dev.switchboard.store.database.Transactions;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.jooq.Tables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Instances in PostgreSQL. */
public final class PostgresInstanceStore implements InstanceStore {
  private final Transactions transactions;
  private final InstanceRow rows;
  private final RecordTable records;
  private final PendingRecords pending;

  /** Without a journal. */
  public PostgresInstanceStore(Transactions transactions, Encryption encryption) {
    this(transactions, encryption, PendingRecords.none());
  }

  public PostgresInstanceStore(
      Transactions transactions, Encryption encryption, PendingRecords pending) {
    this.transactions = transactions;
    this.rows = new InstanceRow(encryption);
    this.records = new RecordTable(encryption, pending);
    this.pending = pending;
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
          return dsl.insertInto(Tables.INSTANCE)
              .set(rows.of(instance))
              .onConflictDoNothing()
              .execute();
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
    update(
        change.account(),
        Map.of(
            Tables.INSTANCE.STATE, change.to().name(),
            Tables.INSTANCE.CAUSE, change.cause().name(),
            Tables.INSTANCE.DETAIL, change.detail(),
            Tables.INSTANCE.UNTIL, DSL.val(change.until(), Tables.INSTANCE.UNTIL),
            Tables.INSTANCE.STATE_CHANGED_AT, change.at()));
  }

  @Override
  public void settle(AccountKey key, InstanceSettings settings) {
    byte[] proxy = rows.sealRoute(key, settings.route());
    update(
        key,
        Map.of(
            Tables.INSTANCE.DISPLAY_NAME, settings.displayName(),
            Tables.INSTANCE.PROXY, DSL.val(proxy, Tables.INSTANCE.PROXY),
            Tables.INSTANCE.PACING,
                DSL.val(InstanceRow.pacing(settings.pacing()), Tables.INSTANCE.PACING)));
  }

  @Override
  public void link(AccountKey key, @Nullable Peer own) {
    if (own == null) {
      unlink(key);
    } else {
      update(key, Map.of(Tables.INSTANCE.OWN, DSL.val(rows.seal(key, own), Tables.INSTANCE.OWN)));
    }
  }

  private void unlink(AccountKey key) {
    transactions.run(dsl -> {
      LinkLock.own(dsl, key);
      var unlinked =
          dsl.update(Tables.INSTANCE)
              .setNull(Tables.INSTANCE.OWN)
              .setNull(Tables.INSTANCE.REACHOUT_LOCK_SINCE)
              .setNull(Tables.INSTANCE.REACHOUT_LOCK_UNTIL)
              .set(Tables.INSTANCE.BANS_IN_A_ROW, 0)
              .set(Tables.INSTANCE.WANTED, false)
              .where(is(key))
              .execute();
      if (unlinked == 1) {
        records.clear(dsl, key);
      }
    });
  }

  @Override
  public void lockReachout(AccountKey key, @Nullable ReachoutLock lock) {
    var since = lock == null ? null : lock.since();
    var until = lock == null ? null : lock.until();
    update(
        key,
        Map.of(
            Tables.INSTANCE.REACHOUT_LOCK_SINCE,
            DSL.val(since, Tables.INSTANCE.REACHOUT_LOCK_SINCE),
            Tables.INSTANCE.REACHOUT_LOCK_UNTIL,
            DSL.val(until, Tables.INSTANCE.REACHOUT_LOCK_UNTIL)));
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
          return dsl.deleteFrom(Tables.INSTANCE).where(is(key)).execute();
        });
    return deleted == 1;
  }

  @Override
  public AccountRecords records(AccountKey key) {
    var stored = new PostgresAccountRecords(transactions, records, key);
    return new JournaledRecords(key, pending, stored);
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
