package dev.switchboard.projection;

import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.model.AccountKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One account's records, the newest of what was used last, what is pending and what is stored.
 * Holds nothing itself.
 */
public final class JournaledRecords implements AccountRecords {
  private static final int MOST_CACHED_AT_ONCE = 16;

  private final AccountKey account;
  private final PendingRecords pending;
  private final StoredRecords stored;

  public JournaledRecords(AccountKey account, PendingRecords pending, StoredRecords stored) {
    this.account = account;
    this.pending = pending;
    this.stored = stored;
  }

  @Override
  public Optional<byte[]> read(RecordKey key) {
    if (pending.inDoubt(account)) {
      stored.settle();
    }
    return pending
        .cache()
        .find(account, key)
        .map(RecordCache.Known::value)
        .orElseGet(() -> search(key));
  }

  /** The search begins first: what is written from here on makes its finding void. */
  private Optional<byte[]> search(RecordKey key) {
    var search = pending.cache().search(account, key);
    var value =
        pending.find(account, key).map(JournaledRecords::value).orElseGet(() -> stored.read(key));
    search.found(value);
    return value;
  }

  /** Many are read past the cache: they would take the places of what is used again. */
  @Override
  public Map<RecordKey, byte[]> readAll(Collection<RecordKey> keys) {
    if (keys.size() <= MOST_CACHED_AT_ONCE) {
      return AccountRecords.super.readAll(keys);
    }
    keys.stream().map(RecordKey::kind).distinct().forEach(this::settle);
    return stored.readAll(keys);
  }

  @Override
  public SortedMap<String, byte[]> readAfter(RecordKind kind, String after, int limit) {
    settle(kind);
    return stored.readAfter(kind, after, limit);
  }

  @Override
  public long count(RecordKind kind) {
    settle(kind);
    return stored.count(kind);
  }

  @Override
  public void commit(List<RecordChange> changes) {
    stored.commit(changes);
  }

  private void settle(RecordKind kind) {
    if (pending.concerns(account, kind)) {
      stored.settle();
    }
  }

  private static Optional<byte[]> value(RecordChange change) {
    return switch (change) {
      case RecordChange.Put put -> Optional.of(put.value());
      case RecordChange.Remove _ -> Optional.empty();
    };
  }
}
