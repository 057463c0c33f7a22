package dev.switchboard.sandbox.account;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import dev.switchboard.sandbox.appstate.AppStatePatch;
import dev.switchboard.sandbox.record.CollectionRecord;
import dev.switchboard.sandbox.state.StateStore;
import dev.switchboard.sandbox.state.Table;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * App state as the server keeps it: numbered patches per account and collection, and what a phone
 * knows of them. Call under the network's lock.
 */
public final class Collections {
  private final StateStore store;
  private final int limit;

  public Collections(StateStore store, int limit) {
    this.store = store;
    this.limit = limit;
  }

  /** The state of a collection; version 0 when nothing was written yet. */
  public CollectionRecord find(String account, String collection) {
    return store
        .collections()
        .find(key(account, collection))
        .orElseGet(CollectionRecord::getDefaultInstance);
  }

  public boolean hasRoom(String account, String collection) {
    return find(account, collection).getVersion() < limit;
  }

  /** The value MAC of a record that the collection holds. */
  public Optional<ByteString> valueMac(String account, String collection, ByteString indexMac) {
    return store
        .collectionEntries()
        .find(entryKey(account, collection, indexMac))
        .map(BytesValue::getValue);
  }

  /** Adds the patch that makes the next version, and what it says of single records. */
  public void append(String account, String collection, AppStatePatch next) {
    CollectionRecord record =
        CollectionRecord.newBuilder()
            .setVersion(next.version())
            .setHash(ByteString.copyFrom(next.hash().bytes()))
            .build();
    store.collections().put(key(account, collection), record);
    store
        .patches()
        .put(
            patchKey(account, collection, next.version()),
            BytesValue.of(next.patch().toByteString()));
    next.valueMacs()
        .forEach((indexMac, mac) -> change(entryKey(account, collection, indexMac), mac));
  }

  private void change(String key, Optional<ByteString> valueMac) {
    if (valueMac.isPresent()) {
      store.collectionEntries().put(key, BytesValue.of(valueMac.get()));
    } else {
      boolean _ = store.collectionEntries().remove(key);
    }
  }

  /** The patches after a version, in order. */
  public List<ByteString> patchesAfter(String account, String collection, long version) {
    return store.patches().startingWith(key(account, collection) + "/", limit).stream()
        .skip(version)
        .map(Table.Entry::record)
        .map(BytesValue::getValue)
        .toList();
  }

  private static String key(String account, String collection) {
    return account + "/" + collection;
  }

  private static String entryKey(String account, String collection, ByteString indexMac) {
    return key(account, collection) + "/" + HexFormat.of().formatHex(indexMac.toByteArray());
  }

  private static String patchKey(String account, String collection, long version) {
    return key(account, collection) + "/" + "%016x".formatted(version);
  }
}
