package dev.switchboard.whatsapp.account;

import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.whatsapp.signal.PreKey;
import dev.switchboard.whatsapp.signal.SignalChange;
import dev.switchboard.whatsapp.signal.SignalRecordKey;
import dev.switchboard.whatsapp.signal.SignalStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Shows an account's durable records to Signal, and Signal's changes to the account's records. */
public final class SignalRecords implements SignalStore {
  private static final int PREKEYS_AT_ONCE = 1_000;

  private final AccountRecords records;

  public SignalRecords(AccountRecords records) {
    this.records = records;
  }

  @Override
  public Optional<byte[]> read(SignalRecordKey key) {
    return records.read(key(key));
  }

  /** The public halves of those one-time prekeys that are here; in few reads, however many. */
  public Map<Integer, byte[]> publicPreKeys(Set<Integer> ids) {
    Map<Integer, byte[]> found = new HashMap<>();
    SortedMap<String, byte[]> page = records.readAfter(RecordKind.PREKEY, "", PREKEYS_AT_ONCE);
    while (!page.isEmpty()) {
      page.forEach((name, record) -> {
        int id = Integer.parseInt(name);
        if (ids.contains(id)) {
          found.put(id, PreKey.publicKeyOf(record));
        }
      });
      page = records.readAfter(RecordKind.PREKEY, page.lastKey(), PREKEYS_AT_ONCE);
    }
    return found;
  }

  /** The same changes, as the account's records take them. */
  public static List<RecordChange> changes(List<SignalChange> changes) {
    return changes.stream().map(SignalRecords::change).toList();
  }

  public static RecordChange change(SignalChange change) {
    return switch (change) {
      case SignalChange.Put put -> new RecordChange.Put(key(put.key()), put.value());
      case SignalChange.Remove remove -> new RecordChange.Remove(key(remove.key()));
    };
  }

  static RecordKey key(SignalRecordKey key) {
    RecordKind kind =
        switch (key.kind()) {
          case SESSION -> RecordKind.SESSION;
          case IDENTITY -> RecordKind.IDENTITY;
          case PREKEY -> RecordKind.PREKEY;
          case SIGNED_PREKEY -> RecordKind.SIGNED_PREKEY;
          case SENDER_KEY -> RecordKind.SENDER_KEY;
        };
    return new RecordKey(kind, key.name());
  }
}
