package dev.switchboard.whatsapp.retry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.whatsapp.crypto.Sha256;
import dev.switchboard.whatsapp.records.CountRecord;
import dev.switchboard.whatsapp.signal.SignalAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How often something happened with a device, and when it last did: in the account's records, so
 * that a restart does not begin anew, and for a bounded number of things.
 */
final class DurableCounts {
  /** Room is made for a quarter at once: it costs a look at all of them. */
  private static final int SHARE_MADE_ROOM_FOR = 4;

  private final AccountRecords records;
  private final RecordKind kind;
  private final int limit;
  private final InstantSource clock;

  DurableCounts(AccountRecords records, RecordKind kind, int limit, InstantSource clock) {
    this.records = records;
    this.kind = kind;
    this.limit = limit;
    this.clock = clock;
  }

  /** How often it happened; 0 for what is not remembered. */
  int of(SignalAddress device, String what) {
    return find(device, what).map(CountRecord::getCount).orElse(0);
  }

  Optional<Instant> last(SignalAddress device, String what) {
    return find(device, what).map(CountRecord::getLastAt).map(Instant::ofEpochMilli);
  }

  /** The changes that count it once more. */
  List<RecordChange> increment(SignalAddress device, String what) {
    return increment(device, what, CountRecord.getDefaultInstance());
  }

  /**
   * The changes that count it once more.
   *
   * @param about what else is to be remembered of it
   */
  List<RecordChange> increment(SignalAddress device, String what, CountRecord about) {
    RecordKey key = key(device, what);
    Optional<CountRecord> before = records.read(key).map(DurableCounts::decode);
    List<RecordChange> changes = new ArrayList<>();
    if (before.isEmpty() && records.count(kind) >= limit) {
      makeRoom(changes);
    }
    CountRecord after =
        about.toBuilder()
            .setCount(before.map(CountRecord::getCount).orElse(0) + 1)
            .setLastAt(clock.millis())
            .build();
    changes.add(new RecordChange.Put(key, after.toByteArray()));
    return changes;
  }

  /** The change after which it never happened. */
  RecordChange forget(SignalAddress device, String what) {
    return new RecordChange.Remove(key(device, what));
  }

  /** All that is remembered: as many as the limit at most. */
  List<CountRecord> all() {
    return records.readAfter(kind, "", limit).values().stream().map(DurableCounts::decode).toList();
  }

  private void makeRoom(List<RecordChange> changes) {
    records.readAfter(kind, "", Integer.MAX_VALUE).entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> decode(entry.getValue()).getLastAt()))
        .limit(Math.max(1, limit / SHARE_MADE_ROOM_FOR))
        .map(Map.Entry::getKey)
        .forEach(name -> changes.add(new RecordChange.Remove(new RecordKey(kind, name))));
  }

  private Optional<CountRecord> find(SignalAddress device, String what) {
    return records.read(key(device, what)).map(DurableCounts::decode);
  }

  /** Hashed: what peers choose may be longer than a name of a record. */
  private RecordKey key(SignalAddress device, String what) {
    String name = device.name() + ":" + device.device() + "/" + what;
    return new RecordKey(kind, HexFormat.of().formatHex(Sha256.hash(name.getBytes(UTF_8))));
  }

  private static CountRecord decode(byte[] value) {
    try {
      return CountRecord.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored count cannot be read", e);
    }
  }
}
