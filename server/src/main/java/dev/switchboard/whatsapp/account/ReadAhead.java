package dev.switchboard.whatsapp.account;

import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Records that are read many at once, before they are needed one by one; for one step of work, at
 * the end of which something changes them for the first time.
 */
final class ReadAhead implements AccountRecords {
  private final AccountRecords records;
  private final Map<RecordKey, Optional<byte[]>> known = new HashMap<>();

  ReadAhead(AccountRecords records) {
    this.records = records;
  }

  void fetch(Collection<RecordKey> keys) {
    Map<RecordKey, byte[]> found = records.readAll(keys);
    keys.forEach(key -> known.put(key, Optional.ofNullable(found.get(key))));
  }

  @Override
  public Optional<byte[]> read(RecordKey key) {
    Optional<byte[]> value = known.get(key);
    return value == null ? records.read(key) : value.map(byte[]::clone);
  }

  @Override
  public SortedMap<String, byte[]> readAfter(RecordKind kind, String after, int limit) {
    return records.readAfter(kind, after, limit);
  }

  @Override
  public long count(RecordKind kind) {
    return records.count(kind);
  }

  @Override
  public void commit(List<RecordChange> changes) {
    records.commit(changes);
    known.clear();
  }
}
