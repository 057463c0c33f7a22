package dev.switchboard.whatsapp.appstate;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.whatsapp.appstate.codec.LtHash;
import dev.switchboard.whatsapp.appstate.codec.Mutation;
import dev.switchboard.whatsapp.appstate.codec.Position;
import dev.switchboard.whatsapp.records.CollectionEntryRecord;
import dev.switchboard.whatsapp.records.CollectionStateRecord;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The durable form of the collections: one record for each one's version and hash, one for each of
 * its records, found by index MAC. Nothing of it is held in memory.
 */
final class CollectionStore {
  private static final int PAGE = 500;

  private final AccountRecords records;
  private final int mostValueBytes;

  CollectionStore(AccountRecords records, int mostValueBytes) {
    this.records = records;
    this.mostValueBytes = mostValueBytes;
  }

  CollectionState read(CollectionName name) {
    return records.read(key(name)).map(CollectionStore::decode).orElse(CollectionState.unknown());
  }

  static RecordChange put(CollectionName name, CollectionState state) {
    return new RecordChange.Put(
        key(name),
        CollectionStateRecord.newBuilder()
            .setVersion(state.version())
            .setHash(ByteString.copyFrom(state.position().hash().bytes()))
            .setGeneration(state.generation())
            .setEntries(state.entries())
            .setTrouble(state.trouble().reason())
            .setTroublePasses(!state.trouble().isNone() && !state.trouble().lasting())
            .build()
            .toByteArray());
  }

  /** The value MAC of a record, if there is one. */
  Optional<ByteString> valueMac(CollectionName name, int generation, ByteString indexMac) {
    return records
        .read(entryKey(name, generation, indexMac))
        .map(value -> decodeEntry(value).getValueMac());
  }

  /** A record that is set or gone. */
  RecordChange change(CollectionName name, int generation, Mutation mutation) {
    RecordKey key = entryKey(name, generation, mutation.indexMac());
    if (mutation.removes()) {
      return new RecordChange.Remove(key);
    }
    ByteString value = mutation.data().getValue().toByteString();
    ByteString index = mutation.data().getIndex();
    boolean fits = value.size() <= mostValueBytes && index.size() <= mostValueBytes;
    return new RecordChange.Put(
        key,
        CollectionEntryRecord.newBuilder()
            .setValueMac(mutation.valueMac())
            .setIndex(fits ? index.toStringUtf8() : "")
            .setValue(fits ? value : ByteString.EMPTY)
            .setActionVersion(mutation.data().getVersion())
            .build()
            .toByteArray());
  }

  void commit(List<RecordChange> changes) {
    records.commit(changes);
  }

  /** Removes the records of all other generations, page by page. */
  void purge(CollectionName name, int kept) {
    String end = name.wireName() + ";"; // The character after the one that ends the name.
    String after = name.wireName() + ":";
    String skip = prefix(name, kept);
    while (true) {
      SortedMap<String, byte[]> page =
          records.readAfter(RecordKind.APP_STATE_ENTRY, after, PAGE).headMap(end);
      if (page.isEmpty()) {
        return;
      }
      commit(
          page.keySet().stream()
              .filter(entry -> !entry.startsWith(skip))
              .<RecordChange>map(entry ->
                  new RecordChange.Remove(new RecordKey(RecordKind.APP_STATE_ENTRY, entry)))
              .toList());
      // The kept ones are jumped over, not read.
      after = page.lastKey().startsWith(skip) ? prefix(name, kept) + "~" : page.lastKey();
    }
  }

  private static RecordKey key(CollectionName name) {
    return new RecordKey(RecordKind.APP_STATE_VERSION, name.wireName());
  }

  private static RecordKey entryKey(CollectionName name, int generation, ByteString indexMac) {
    String mac = HexFormat.of().formatHex(indexMac.toByteArray());
    return new RecordKey(RecordKind.APP_STATE_ENTRY, prefix(name, generation) + mac);
  }

  private static String prefix(CollectionName name, int generation) {
    return name.wireName() + ":" + "%08x".formatted(generation) + ":";
  }

  private static CollectionState decode(byte[] value) {
    try {
      CollectionStateRecord stored = CollectionStateRecord.parseFrom(value);
      return new CollectionState(
          new Position(stored.getVersion(), LtHash.of(stored.getHash().toByteArray())),
          stored.getGeneration(),
          stored.getEntries(),
          trouble(stored));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the stored state of a collection cannot be read", e);
    }
  }

  private static Trouble trouble(CollectionStateRecord stored) {
    return stored.getTrouble().isEmpty()
        ? Trouble.NONE
        : new Trouble(stored.getTrouble(), !stored.getTroublePasses());
  }

  private static CollectionEntryRecord decodeEntry(byte[] value) {
    try {
      return CollectionEntryRecord.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored record of a collection cannot be read", e);
    }
  }
}
