package dev.switchboard.store.account;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.model.AccountKey;
import dev.switchboard.projection.StoredRecords;
import dev.switchboard.store.database.Transactions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** One account's records in PostgreSQL; holds nothing in memory. */
final class PostgresAccountRecords implements StoredRecords {
  private final Transactions transactions;
  private final RecordTable table;
  private final AccountKey account;

  PostgresAccountRecords(Transactions transactions, RecordTable table, AccountKey account) {
    this.transactions = transactions;
    this.table = table;
    this.account = account;
  }

  @Override
  public Optional<byte[]> read(RecordKey key) {
    return transactions.read(dsl -> table.read(dsl, account, key));
  }

  @Override
  public Map<RecordKey, byte[]> readAll(Collection<RecordKey> keys) {
    return transactions.read(dsl -> table.readAll(dsl, account, keys));
  }

  @Override
  public SortedMap<String, byte[]> readAfter(RecordKind kind, String after, int limit) {
    return transactions.read(dsl -> table.readAfter(dsl, account, kind, after, limit));
  }

  @Override
  public long count(RecordKind kind) {
    return transactions.read(dsl -> table.count(dsl, account, kind));
  }

  @Override
  public void settle() {
    transactions.run(dsl -> table.settle(dsl, account, List.of()));
  }

  @Override
  public void commit(List<RecordChange> changes) {
    if (!changes.isEmpty()) {
      transactions.run(dsl -> table.apply(dsl, account, changes));
    }
  }
}
