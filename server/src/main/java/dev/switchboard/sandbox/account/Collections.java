package dev.switchboard.sandbox.account;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import dev.switchboard.sandbox.record.CollectionRecord;
import dev.switchboard.sandbox.state.StateStore;
import dev.switchboard.sandbox.state.Table;
import java.util.List;

/**
 * App state as the server keeps it: numbered patches per account and collection, which it cannot
 * read. Call under the network's lock.
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

  /** Adds the patch that makes the next version. */
  public void append(String account, String collection, CollectionRecord next, ByteString patch) {
    store.collections().put(key(account, collection), next);
    store.patches().put(patchKey(account, collection, next.getVersion()), BytesValue.of(patch));
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

  private static String patchKey(String account, String collection, long version) {
    return key(account, collection) + "/" + "%016x".formatted(version);
  }
}
