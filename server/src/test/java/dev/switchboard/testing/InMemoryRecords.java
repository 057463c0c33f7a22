package dev.switchboard.testing;

import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Records of one account in memory. */
public final class InMemoryRecords implements AccountRecords {
  private final Map<RecordKey, byte[]> records = new ConcurrentHashMap<>();
  private final Outage outage;

  InMemoryRecords(Outage outage) {
    this.outage = outage;
  }

  @Override
  public Optional<byte[]> read(RecordKey key) {
    outage.check();
    return Optional.ofNullable(records.get(key));
  }

  @Override
  public SortedMap<String, byte[]> readAfter(RecordKind kind, String after, int limit) {
    outage.check();
    SortedMap<String, byte[]> found = new TreeMap<>();
    records.keySet().stream()
        .filter(key -> key.kind() == kind && key.name().compareTo(after) > 0)
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .limit(limit)
        .forEach(key -> found.put(key.name(), records.get(key)));
    return found;
  }

  @Override
  public long count(RecordKind kind) {
    outage.check();
    return records.keySet().stream().filter(key -> key.kind() == kind).count();
  }

  @Override
  public void commit(List<RecordChange> changes) {
    outage.check();
    for (RecordChange change : changes) {
      switch (change) {
        case RecordChange.Put put -> records.put(put.key(), put.value());
        case RecordChange.Remove remove -> records.remove(remove.key());
      }
    }
  }

  /** Forgets everything, as a store does when an account is unlinked. */
  void clear() {
    outage.check();
    records.clear();
  }
}
