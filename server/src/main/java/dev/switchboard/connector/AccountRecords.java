package dev.switchboard.connector;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The durable state of one account: keys, ratchets, device lists. Encrypted at rest, and read from
 * storage when used, so that an idle account holds none of it in memory.
 *
 * <p>A record that cannot be read any more, its row being damaged, counts as not there; only the
 * credentials are an error then.
 *
 * <p>Every method throws {@code GatewayException(STORAGE_UNAVAILABLE)} when storage does not answer
 * in time.
 */
public interface AccountRecords {
  Optional<byte[]> read(RecordKey key);

  /** Those of these records that there are, however many are asked for, in a read for each kind. */
  default Map<RecordKey, byte[]> readAll(Collection<RecordKey> keys) {
    Map<RecordKey, byte[]> found = new HashMap<>();
    keys.forEach(key -> read(key).ifPresent(value -> found.put(key, value)));
    return found;
  }

  /** The records of one kind whose names are greater than the given one, in order of name. */
  SortedMap<String, byte[]> readAfter(RecordKind kind, String after, int limit);

  /** How many records of one kind there are. */
  long count(RecordKind kind);

  /** Applies all changes, or none, and returns when they are durable. */
  void commit(List<RecordChange> changes);
}
