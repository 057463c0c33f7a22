package dev.switchboard.whatsapp.account;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.whatsapp.records.DeviceListRecord;
import dev.switchboard.whatsapp.wire.Jid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which devices a person had when the server was last asked. Kept by the person's JID as asked: the
 * phone number where it is known.
 */
public final class DeviceLists {
  private final AccountRecords records;

  public DeviceLists(AccountRecords records) {
    this.records = records;
  }

  /** The person's devices, if they were asked for recently enough. */
  public Optional<List<Integer>> read(Jid person, Instant now, Duration greatestAge) {
    return find(person)
        .filter(found -> isFresh(Instant.ofEpochMilli(found.getFetchedAt()), now, greatestAge))
        .map(DeviceListRecord::getDevicesList);
  }

  /** The devices last known, however old; none when nobody asked yet. */
  public List<Integer> lastKnown(Jid person) {
    return find(person).map(DeviceListRecord::getDevicesList).orElse(List.of());
  }

  /** When the phone signed the list last taken; 0 if it signed none. */
  public long signedAt(Jid person) {
    return find(person).map(DeviceListRecord::getSignedAt).orElse(0L);
  }

  /**
   * The changes after which what was known under the one name is known under the other: the list
   * that was signed or fetched last. It is asked for again if either was to be.
   */
  List<RecordChange> join(Jid from, Jid to) {
    Optional<DeviceListRecord> moved = find(from);
    if (moved.isEmpty()) {
      return List.of();
    }
    DeviceListRecord joined = find(to).map(other -> newer(moved.get(), other)).orElse(moved.get());
    return List.of(forget(from), new RecordChange.Put(key(to), joined.toByteArray()));
  }

  private static DeviceListRecord newer(DeviceListRecord one, DeviceListRecord other) {
    boolean first =
        one.getSignedAt() == other.getSignedAt()
            ? one.getFetchedAt() > other.getFetchedAt()
            : one.getSignedAt() > other.getSignedAt();
    DeviceListRecord.Builder list = (first ? one : other).toBuilder();
    return one.getFetchedAt() == 0 || other.getFetchedAt() == 0
        ? list.clearFetchedAt().build()
        : list.build();
  }

  public static RecordChange put(Jid person, List<Integer> devices, long signedAt, Instant now) {
    DeviceListRecord list =
        DeviceListRecord.newBuilder()
            .addAllDevices(devices)
            .setSignedAt(signedAt)
            .setFetchedAt(now.toEpochMilli())
            .build();
    return new RecordChange.Put(key(person), list.toByteArray());
  }

  /**
   * The change after which the server is asked again; none where nobody asked yet. The devices stay
   * known, so that those which are gone by then can be told.
   */
  public Optional<RecordChange> outdate(Jid person) {
    return find(person)
        .map(list -> list.toBuilder().clearFetchedAt().build())
        .map(list -> new RecordChange.Put(key(person), list.toByteArray()));
  }

  /** The change after which nothing is known of the person's devices. */
  public static RecordChange forget(Jid person) {
    return new RecordChange.Remove(key(person));
  }

  /** The people whose devices are known, in order of their JIDs. */
  public List<Jid> peopleAfter(Jid person, int limit) {
    return names(person.toString(), limit);
  }

  /** The first people whose devices are known. */
  public List<Jid> firstPeople(int limit) {
    return names("", limit);
  }

  private List<Jid> names(String after, int limit) {
    return records.readAfter(RecordKind.DEVICE_LIST, after, limit).keySet().stream()
        .map(Jid::parse)
        .toList();
  }

  private Optional<DeviceListRecord> find(Jid person) {
    return records.read(key(person)).flatMap(DeviceLists::decode);
  }

  /** A list in the future is as good as none: the clock was set back. */
  private static boolean isFresh(Instant fetchedAt, Instant now, Duration greatestAge) {
    return !fetchedAt.isAfter(now) && fetchedAt.plus(greatestAge).isAfter(now);
  }

  private static Optional<DeviceListRecord> decode(byte[] value) {
    try {
      return Optional.of(DeviceListRecord.parseFrom(value));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  static RecordKey key(Jid person) {
    return new RecordKey(RecordKind.DEVICE_LIST, person.withoutDevice().toString());
  }
}
