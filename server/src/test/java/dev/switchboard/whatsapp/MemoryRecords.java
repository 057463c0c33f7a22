package dev.switchboard.whatsapp;

import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An account's records in memory; hands out copies, as a database would. */
public final class MemoryRecords implements AccountRecords {
  private final Map<RecordKey, byte[]> records = new HashMap<>();

  @Override
  public synchronized Optional<byte[]> read(RecordKey key) {
    return Optional.ofNullable(records.get(key)).map(byte[]::clone);
  }

  @Override
  public synchronized SortedMap<String, byte[]> readAfter(
      RecordKind kind, String after, int limit) {
    SortedMap<String, byte[]> found = new TreeMap<>();
    records.forEach((key, value) -> {
      if (key.kind() == kind && key.name().compareTo(after) > 0) {
        found.put(key.name(), value.clone());
      }
    });
    while (found.size() > limit) {
      found.remove(found.lastKey());
    }
    return found;
  }

  @Override
  public synchronized long count(RecordKind kind) {
    return records.keySet().stream().filter(key -> key.kind() == kind).count();
  }

  @Override
  public synchronized void commit(List<RecordChange> changes) {
    for (RecordChange change : changes) {
      switch (change) {
        case RecordChange.Put put -> records.put(put.key(), put.value().clone());
        case RecordChange.Remove remove -> records.remove(remove.key());
      }
    }
  }

  /** Becomes a copy, as a database that was restored from a backup. */
  synchronized void copyFrom(MemoryRecords other) {
    synchronized (other) {
      other.records.forEach((key, value) -> records.put(key, value.clone()));
    }
  }
}
