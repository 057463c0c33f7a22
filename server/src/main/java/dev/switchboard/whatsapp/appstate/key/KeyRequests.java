package dev.switchboard.whatsapp.appstate.key;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.whatsapp.records.KeyRequestsRecord;
import dev.switchboard.whatsapp.records.KeyRequestsRecord.Asked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which missing keys the own phone is asked for: each one seldom, a few times at most, also
 * over restarts. A phone that lost a key will not find it because it is asked more often.
 */
public final class KeyRequests {
  private static final RecordKey KEY = new RecordKey(RecordKind.APP_STATE_VERSION, "key-requests");

  private final AccountRecords records;
  private final Limits limits;

  /**
   * The bounds of asking.
   *
   * @param times how often the own phone is asked for one key, over all connections
   * @param pause at least so long lies between two of these
   * @param keys how many keys may be asked for
   */
  public record Limits(int times, Duration pause, int keys) {
    public Limits {
      if (keys < 1) {
        throw new IllegalArgumentException("bounds must be positive");
      }
    }
  }

  KeyRequests(AccountRecords records, Limits limits) {
    this.records = records;
    this.limits = limits;
  }

  /** Those of the keys to ask for now; durable as asked for when this returns. */
  List<ByteString> due(Collection<ByteString> missing, Instant now) {
    Map<ByteString, Asked> known = read();
    List<ByteString> due = new ArrayList<>();
    for (ByteString id : missing) {
      Asked before = known.getOrDefault(id, Asked.getDefaultInstance());
      if (mayAsk(before, now) && (known.containsKey(id) || makeRoom(known))) {
        known.put(id, asked(id, before.getTimes() + 1, now));
        due.add(id);
      }
    }
    if (!due.isEmpty()) {
      KeyRequestsRecord.Builder record = KeyRequestsRecord.newBuilder().addAllAsked(known.values());
      records.commit(List.of(new RecordChange.Put(KEY, record.build().toByteArray())));
    }
    return due;
  }

  private boolean mayAsk(Asked before, Instant now) {
    Instant next = Instant.ofEpochMilli(before.getLast()).plus(limits.pause());
    return before.getTimes() < limits.times() && !now.isBefore(next);
  }

  /** Keys that were asked for in vain give their place to new ones. */
  private boolean makeRoom(Map<ByteString, Asked> known) {
    if (known.size() < limits.keys()) {
      return true;
    }
    return known.values().removeIf(each -> known.size() >= limits.keys() && isSpent(each));
  }

  private boolean isSpent(Asked asked) {
    return asked.getTimes() >= limits.times();
  }

  private static Asked asked(ByteString id, int times, Instant now) {
    return Asked.newBuilder().setKeyId(id).setTimes(times).setLast(now.toEpochMilli()).build();
  }

  private Map<ByteString, Asked> read() {
    Map<ByteString, Asked> known = new LinkedHashMap<>();
    records
        .read(KEY)
        .map(KeyRequests::decode)
        .ifPresent(
            record -> record.getAskedList().forEach(each -> known.put(each.getKeyId(), each)));
    return known;
  }

  private static KeyRequestsRecord decode(byte[] value) {
    try {
      return KeyRequestsRecord.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the stored requests for keys cannot be read", e);
    }
  }
}
