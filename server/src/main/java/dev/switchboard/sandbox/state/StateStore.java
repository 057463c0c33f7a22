package dev.switchboard.sandbox.state;

import com.google.protobuf.BytesValue;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.StringValue;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.CollectionRecord;
import dev.switchboard.sandbox.record.CountersRecord;
import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.sandbox.record.NetworkKeysRecord;
import dev.switchboard.sandbox.record.QueuedStanzaRecord;
import dev.switchboard.sandbox.record.ReceivedMessageRecord;
import dev.switchboard.sandbox.record.RestrictionRecord;
import dev.switchboard.sandbox.record.SentMessageRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * One file with everything the network knows.
 *
 * <p>Not safe for concurrent changes: the network calls {@link #commit} under its one lock. A
 * commit hands the bytes to the operating system and does not wait for the disk: it survives the
 * death of the process, not that of the machine.
 */
public final class StateStore implements AutoCloseable {
  private static final int CACHE_MEGABYTES = 8;
  private static final int COMMITS_BETWEEN_COMPACTIONS = 500;
  private static final int TARGET_FILL_PERCENT = 60;
  private static final int COMPACT_BYTES = 16 << 20;

  private final MVStore file;
  private int commits;

  private StateStore(MVStore file) {
    this.file = file;
  }

  /** Opens the file or makes it; only its owner may read it, since it holds private keys. */
  public static StateStore open(Path path) {
    try {
      createForOwnerOnly(path);
      MVStore file =
          new MVStore.Builder()
              .fileName(path.toString())
              .autoCommitDisabled()
              .cacheSize(CACHE_MEGABYTES)
              .open();
      // What the last commit does not need may be written over: a torn write leaves that commit.
      file.setRetentionTime(0);
      file.setVersionsToKeep(0);
      return new StateStore(file);
    } catch (MVStoreException | IOException e) {
      throw new StateException("cannot open " + path + " (is another sandbox using it?)", e);
    }
  }

  private static void createForOwnerOnly(Path path) throws IOException {
    if (!Files.exists(path)) {
      var ownerOnly = PosixFilePermissions.fromString("rw-------");
      Files.createFile(path, PosixFilePermissions.asFileAttribute(ownerOnly));
    }
  }

  /** Makes what the change wrote durable, or nothing of it when it throws. */
  public <T> T commit(Supplier<T> change) {
    boolean done = false;
    try {
      T result = change.get();
      if (file.hasUnsavedChanges()) {
        file.commit();
        compactNowAndThen();
      }
      done = true;
      return result;
    } finally {
      if (!done) {
        file.rollback();
      }
    }
  }

  /** Without this the file would hold every version of every record ever written. */
  private void compactNowAndThen() {
    if (++commits % COMMITS_BETWEEN_COMPACTIONS == 0) {
      file.compact(TARGET_FILL_PERCENT, COMPACT_BYTES);
    }
  }

  public Table<NetworkKeysRecord> networkKeys() {
    return table("network-keys", NetworkKeysRecord.parser());
  }

  public Table<CountersRecord> counters() {
    return table("counters", CountersRecord.parser());
  }

  /** Accounts by phone number. */
  public Table<AccountRecord> accounts() {
    return table("accounts", AccountRecord.parser());
  }

  /** Phone numbers by hidden user. */
  public Table<StringValue> hiddenUsers() {
    return table("hidden-users", StringValue.parser());
  }

  /** Phone numbers by push name: the same name finds the same phone. */
  public Table<StringValue> pushNames() {
    return table("push-names", StringValue.parser());
  }

  public Table<DeviceRecord> devices() {
    return table("devices", DeviceRecord.parser());
  }

  /** Public halves of one-time prekeys. */
  public Table<BytesValue> prekeys() {
    return table("prekeys", BytesValue.parser());
  }

  public Table<QueuedStanzaRecord> queues() {
    return table("queues", QueuedStanzaRecord.parser());
  }

  public Table<ReceivedMessageRecord> receivedMessages() {
    return table("received-messages", ReceivedMessageRecord.parser());
  }

  /** Which message ids a phone knows already. */
  public Table<StringValue> receivedIds() {
    return table("received-ids", StringValue.parser());
  }

  public Table<SentMessageRecord> sentMessages() {
    return table("sent-messages", SentMessageRecord.parser());
  }

  /** Who wrote with whom: one empty record per account and contact. */
  public Table<StringValue> contacts() {
    return table("contacts", StringValue.parser());
  }

  /** Whose messages each companion got. */
  public Table<StringValue> deliveries() {
    return table("deliveries", StringValue.parser());
  }

  /** Restrictions by phone number. */
  public Table<RestrictionRecord> restrictions() {
    return table("restrictions", RestrictionRecord.parser());
  }

  /** The token of an account for another one. */
  public Table<BytesValue> privacyTokens() {
    return table("privacy-tokens", BytesValue.parser());
  }

  /** Signal records of the phones. */
  public Table<BytesValue> signalRecords() {
    return table("signal-records", BytesValue.parser());
  }

  public Table<CollectionRecord> collections() {
    return table("collections", CollectionRecord.parser());
  }

  /** Value MACs of the records in the collections, as the phones know them. */
  public Table<BytesValue> collectionEntries() {
    return table("collection-entries", BytesValue.parser());
  }

  /** Patches of app state. */
  public Table<BytesValue> patches() {
    return table("patches", BytesValue.parser());
  }

  private <R extends MessageLite> Table<R> table(String name, Parser<R> parser) {
    var builder =
        new MVMap.Builder<String, byte[]>()
            .keyType(StringDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE);
    return new Table<>(file.openMap(name, builder), parser);
  }

  @Override
  public void close() {
    file.close();
  }
}
