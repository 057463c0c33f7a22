package dev.switchboard.whatsapp.appstate.key;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.whatsapp.appstate.codec.SyncKey;
import dev.switchboard.whatsapp.appstate.codec.SyncKeys;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKey;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKeyData;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKeyShare;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys that the own phone shared, as stored; remembers those in use for one run. */
public final class KeyRing implements SyncKeys {
  private static final int LONGEST_ID = 64;
  private static final int MOST_REMEMBERED = 64;
  private static final int MOST_KEYS = 1_000;

  private final AccountRecords records;
  private final Map<ByteString, SyncKey> used = new HashMap<>(4);

  public KeyRing(AccountRecords records) {
    this.records = records;
  }

  /** The changes that keep what the phone shared; ids without a key say that it has none. */
  public static List<RecordChange> changes(AppStateSyncKeyShare share) {
    return share.getKeysList().stream()
        .filter(KeyRing::isWhole)
        .<RecordChange>map(shared ->
            new RecordChange.Put(
                key(shared.getKeyId().getKeyId()), shared.getKeyData().toByteArray()))
        .toList();
  }

  private static boolean isWhole(AppStateSyncKey shared) {
    int idBytes = shared.getKeyId().getKeyId().size();
    return idBytes > 0
        && idBytes <= LONGEST_ID
        && shared.getKeyData().getKeyData().size() == SyncKey.SHARED_BYTES;
  }

  @Override
  public Optional<SyncKey> find(ByteString id) {
    SyncKey known = used.get(id);
    if (known != null || id.isEmpty() || id.size() > LONGEST_ID) {
      return Optional.ofNullable(known);
    }
    Optional<SyncKey> found = records.read(key(id)).map(value -> derive(id, value));
    found.filter(_ -> used.size() < MOST_REMEMBERED).ifPresent(key -> used.put(id, key));
    return found;
  }

  public boolean isEmpty() {
    return records.readAfter(RecordKind.APP_STATE_KEY, "", 1).isEmpty();
  }

  /** The key to write with: that of the latest epoch, and of these the one made last. */
  public Optional<SyncKey> newest() {
    return records.readAfter(RecordKind.APP_STATE_KEY, "", MOST_KEYS).entrySet().stream()
        .max(
            Comparator.<Map.Entry<String, byte[]>>comparingLong(entry -> epoch(entry.getKey()))
                .thenComparingLong(entry -> decode(entry.getValue()).getTimestamp()))
        .map(entry -> derive(id(entry.getKey()), entry.getValue()));
  }

  /** An id is the number of the device that made the key, 2 bytes, and its epoch, 4 bytes. */
  private static long epoch(String name) {
    ByteString id = id(name);
    return id.size() == 6 ? Integer.toUnsignedLong(ByteBuffer.wrap(id.toByteArray()).getInt(2)) : 0;
  }

  private static SyncKey derive(ByteString id, byte[] value) {
    return SyncKey.of(id, decode(value).getKeyData().toByteArray());
  }

  private static AppStateSyncKeyData decode(byte[] value) {
    try {
      return AppStateSyncKeyData.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored key of the app state cannot be read", e);
    }
  }

  private static RecordKey key(ByteString id) {
    return new RecordKey(RecordKind.APP_STATE_KEY, HexFormat.of().formatHex(id.toByteArray()));
  }

  private static ByteString id(String name) {
    return ByteString.copyFrom(HexFormat.of().parseHex(name));
  }
}
