package dev.switchboard.store.account;

import static dev.switchboard.store.jooq.Tables.ENGINE_RECORD;
import static dev.switchboard.store.jooq.Tables.JOURNAL_ACCOUNT;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.TenantId;
import dev.switchboard.projection.PendingRecords;
import dev.switchboard.store.database.Texts;
import dev.switchboard.store.database.Transactions;
import dev.switchboard.store.encryption.Encryption;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** The records of all engines; within the transaction of whoever calls. */
public final class RecordTable {
  /** Before every position. */
  private static final long NOTHING = -1;

  private final Encryption encryption;
  private final RecordNames names;
  private final PendingRecords pending;

  /**
   * @param pending what the journal holds and the table does not
   */
  public RecordTable(Encryption encryption, PendingRecords pending) {
    this.encryption = encryption;
    this.pending = pending;
    this.names = new RecordNames(encryption);
  }

  /**
   * Applies the changes in their order, after what is pending: the last one of a key counts. What
   * is pending is so no more when the transaction is durable.
   */
  public void apply(DSLContext dsl, AccountKey account, List<RecordChange> changes) {
    if (!changes.isEmpty()) {
      settle(dsl, account, changes);
    }
  }

  /** Writes what is pending, then the changes. */
  void settle(DSLContext dsl, AccountKey account, List<RecordChange> changes) {
    settle(dsl, account, lock(dsl, account), changes).write(dsl);
  }

  /**
   * As {@link #apply}, but for the rows to write, which a statement of the caller's own writes.
   *
   * @param position what {@link #lock(DSLContext, AccountKey)} said, or would have said
   */
  public RecordRows settle(
      DSLContext dsl, AccountKey account, long position, List<RecordChange> changes) {
    var ahead = pending.after(account, position);
    var last = new LinkedHashMap<RecordKey, RecordChange>();
    ahead.changes().forEach(change -> last.put(change.key(), change));
    changes.forEach(change -> last.put(change.key(), change));
    var rows = removed(dsl, Map.of(account, List.copyOf(last.values())));
    if (ahead.position() > position) {
      move(dsl, account, ahead.position());
    }
    Transactions.onEnd(
        dsl,
        durable -> {
          if (durable) {
            pending.written(account, ahead.position(), changes);
          } else {
            pending.doubt(account);
          }
        });
    return rows;
  }

  /** Locks the order of the account's records; the position as of {@link #lock} for several. */
  public long lock(DSLContext dsl, AccountKey account) {
    return lock(dsl, List.of(account)).getOrDefault(account, NOTHING);
  }

  private static void move(DSLContext dsl, AccountKey account, long position) {
    dsl.update(JOURNAL_ACCOUNT)
        .set(JOURNAL_ACCOUNT.RECORDS_POSITION, position)
        .where(
            JOURNAL_ACCOUNT.TENANT_ID.eq(account.tenant().value()),
            JOURNAL_ACCOUNT.INSTANCE_ID.eq(account.instance().value()))
        .execute();
  }

  /**
   * Locks the order of the records of these accounts until the transaction ends.
   *
   * @return for each account the position of the last entry whose changes are in the table, or void
   */
  public Map<AccountKey, Long> lock(DSLContext dsl, Collection<AccountKey> accounts) {
    var locked = select(dsl, accounts);
    var missing = accounts.stream().filter(account -> !locked.containsKey(account)).toList();
    if (!missing.isEmpty()) {
      var rows = keys(missing);
      dsl.query(
              """
              insert into journal_account (tenant_id, instance_id)
              select tenant, instance from unnest({0}) as k(tenant, instance)
              order by tenant, instance on conflict do nothing
              """,
              DSL.list(rows.arrays()))
          .execute();
      locked.putAll(select(dsl, missing));
    }
    return locked;
  }

  private static Map<AccountKey, Long> select(DSLContext dsl, Collection<AccountKey> accounts) {
    var locked = new HashMap<AccountKey, Long>();
    dsl.select(
            JOURNAL_ACCOUNT.TENANT_ID,
            JOURNAL_ACCOUNT.INSTANCE_ID,
            JOURNAL_ACCOUNT.RECORDS_POSITION)
        .from(JOURNAL_ACCOUNT)
        .join(keys(accounts).as("k(tenant, instance)"))
        .on(
            JOURNAL_ACCOUNT.TENANT_ID.eq(DSL.field("k.tenant", String.class)),
            JOURNAL_ACCOUNT.INSTANCE_ID.eq(DSL.field("k.instance", String.class)))
        .orderBy(JOURNAL_ACCOUNT.TENANT_ID, JOURNAL_ACCOUNT.INSTANCE_ID)
        .forUpdate()
        .of(JOURNAL_ACCOUNT)
        .forEach(row ->
            locked.put(
                new AccountKey(new TenantId(row.value1()), new InstanceId(row.value2())),
                row.value3()));
    return locked;
  }

  private static Texts keys(Collection<AccountKey> accounts) {
    var rows = new Texts(2);
    accounts.forEach(account -> rows.add(account.tenant(), account.instance()));
    return rows;
  }

  /** Writes the changes of several accounts, one a key, whose order the transaction has locked. */
  public void write(DSLContext dsl, Map<AccountKey, List<RecordChange>> changes) {
    removed(dsl, changes).write(dsl);
  }

  /** Removes what is to be removed; the rest is left to write. */
  private RecordRows removed(DSLContext dsl, Map<AccountKey, List<RecordChange>> changes) {
    var puts = new RecordRows();
    changes.forEach((account, of) -> {
      var removals = new ArrayList<RecordKey>();
      for (var change : of) {
        switch (change) {
          case RecordChange.Put put -> add(puts, account, put);
          case RecordChange.Remove removal -> removals.add(removal.key());
        }
      }
      remove(dsl, account, removals);
    });
    return puts;
  }

  Optional<byte[]> read(DSLContext dsl, AccountKey account, RecordKey key) {
    var nameKey = names.key(account, key);
    return dsl.select(ENGINE_RECORD.VALUE)
        .from(ENGINE_RECORD)
        .where(of(account, key.kind()), ENGINE_RECORD.NAME_KEY.eq(nameKey))
        .fetchOptional(ENGINE_RECORD.VALUE)
        .flatMap(sealed -> RecordValue.open(encryption, account, key.kind(), nameKey, sealed))
        .map(RecordValue::value);
  }

  Map<RecordKey, byte[]> readAll(DSLContext dsl, AccountKey account, Collection<RecordKey> keys) {
    var found = new HashMap<RecordKey, byte[]>();
    for (var kind : RecordKind.values()) {
      var nameKeys =
          keys.stream()
              .filter(key -> key.kind() == kind)
              .map(key -> names.key(account, key))
              .toList();
      if (!nameKeys.isEmpty()) {
        dsl.select(ENGINE_RECORD.NAME_KEY, ENGINE_RECORD.VALUE)
            .from(ENGINE_RECORD)
            .where(of(account, kind), ENGINE_RECORD.NAME_KEY.in(nameKeys))
            .forEach(row -> {
              var record = RecordValue.open(encryption, account, kind, row.value1(), row.value2());
              record.ifPresent(it -> found.put(new RecordKey(kind, it.name()), it.value()));
            });
      }
    }
    return found;
  }

  /**
   * In order of name. For hashed names the database knows no order: then all records of the kind
   * are read for every page.
   */
  SortedMap<String, byte[]> readAfter(
      DSLContext dsl, AccountKey account, RecordKind kind, String after, int limit) {
    var readable = RecordNames.readable(kind);
    var start = ENGINE_RECORD.NAME_KEY.gt(after.getBytes(StandardCharsets.UTF_8));
    var page = new TreeMap<String, byte[]>();
    dsl.select(ENGINE_RECORD.NAME_KEY, ENGINE_RECORD.VALUE)
        .from(ENGINE_RECORD)
        .where(of(account, kind), readable ? start : DSL.noCondition())
        .orderBy(ENGINE_RECORD.NAME_KEY)
        .limit(readable ? limit : Integer.MAX_VALUE)
        .forEach(row -> {
          var record = RecordValue.open(encryption, account, kind, row.value1(), row.value2());
          record
              .filter(it -> it.name().compareTo(after) > 0)
              .ifPresent(it -> page.put(it.name(), it.value()));
        });
    while (page.size() > limit) {
      page.pollLastEntry();
    }
    return page;
  }

  long count(DSLContext dsl, AccountKey account, RecordKind kind) {
    return dsl.fetchCount(ENGINE_RECORD, of(account, kind));
  }

  /** Removes all records of an account that is there; what the journal says of them is void. */
  void clear(DSLContext dsl, AccountKey account) {
    lock(dsl, List.of(account));
    dsl.deleteFrom(ENGINE_RECORD).where(of(account)).execute();
    var last = pending.end() - 1;
    move(dsl, account, last);
    Transactions.onEnd(
        dsl,
        durable -> {
          if (durable) {
            pending.removed(account, last);
          } else {
            pending.doubt(account);
          }
        });
  }

  private void add(RecordRows rows, AccountKey account, RecordChange.Put put) {
    var kind = put.key().kind();
    var nameKey = names.key(account, put.key());
    var value = new RecordValue(put.key().name(), put.value());
    var sealed = value.seal(encryption, account, kind, nameKey);
    rows.add(account.tenant().value(), account.instance().value(), kind.name(), nameKey, sealed);
  }

  private void remove(DSLContext dsl, AccountKey account, List<RecordKey> keys) {
    for (var kind : RecordKind.values()) {
      var nameKeys =
          keys.stream()
              .filter(key -> key.kind() == kind)
              .map(key -> names.key(account, key))
              .toList();
      if (!nameKeys.isEmpty()) {
        dsl.deleteFrom(ENGINE_RECORD)
            .where(of(account, kind), ENGINE_RECORD.NAME_KEY.in(nameKeys))
            .execute();
      }
    }
  }

  private static Condition of(AccountKey account, RecordKind kind) {
    return of(account).and(ENGINE_RECORD.KIND.eq(kind.name()));
  }

  private static Condition of(AccountKey account) {
    return ENGINE_RECORD
        .TENANT_ID
        .eq(account.tenant().value())
        .and(ENGINE_RECORD.INSTANCE_ID.eq(account.instance().value()));
  }
}
