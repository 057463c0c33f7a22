package dev.switchboard.whatsapp.appstate.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.switchboard.whatsapp.appstate.codec.AppStateException.Reason;
import dev.switchboard.whatsapp.crypto.Hmac;
import dev.switchboard.whatsapp.proto.ExternalBlobReference;
import dev.switchboard.whatsapp.proto.KeyId;
import dev.switchboard.whatsapp.proto.SyncdMutation.SyncdOperation;
import dev.switchboard.whatsapp.proto.SyncdRecord;
import dev.switchboard.whatsapp.proto.SyncdSnapshot;
import dev.switchboard.whatsapp.proto.SyncdVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A whole collection, as it came. Read twice, record by record, so that it takes no more memory
 * than its bytes: once to verify, once to hand the records out.
 */
public final class Snapshot {
  private static final int MOST_KEYS = 64;

  private final String collection;
  private final byte[] bytes;
  private final int mostRecords;

  private Snapshot(String collection, byte[] bytes, int mostRecords) {
    this.collection = collection;
    this.bytes = bytes;
    this.mostRecords = mostRecords;
  }

  /**
   * Takes the content of a snapshot node; verifies nothing yet.
   *
   * @throws AppStateException EXTERNAL_BLOB when it only says where the snapshot lies
   */
  public static Snapshot of(String collection, byte[] bytes, int mostRecords) {
    if (reference(bytes).isPresent()) {
      throw new AppStateException(Reason.EXTERNAL_BLOB);
    }
    return new Snapshot(collection, bytes, mostRecords);
  }

  /**
   * Where the snapshot lies, if these bytes only say that: a snapshot begins with its version, a
   * message of at most 11 bytes, a reference with a key.
   */
  public static Optional<ExternalBlobReference> reference(byte[] bytes) {
    try {
      ExternalBlobReference reference = ExternalBlobReference.parseFrom(bytes);
      return Optional.of(reference)
          .filter(each -> each.getMediaKey().size() == SyncKey.SHARED_BYTES)
          .filter(each -> each.getDirectPath().startsWith("/"));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  /**
   * Verifies every record and the whole.
   *
   * @throws AppStateException any reason but VERSION_GAP and PATCH_MAC
   */
  public Position verify(SyncKeys keys) {
    keys.requireAll(keyIds());
    LtHash hash = LtHash.empty();
    Head head = read(record -> hash.add(open(record, keys).valueMac().toByteArray()));
    SyncKey key = keys.require(head.key);
    byte[] expected = Macs.snapshot(key, hash, head.version, collection);
    if (!Hmac.matches(expected, head.mac.toByteArray())) {
      throw new AppStateException(Reason.SNAPSHOT_MAC);
    }
    return new Position(head.version, hash);
  }

  /** Hands out the records, in order; {@link #verify} comes first. */
  public void forEach(SyncKeys keys, Consumer<Mutation> taker) {
    Head _ = read(record -> taker.accept(open(record, keys)));
  }

  private static Mutation open(SyncdRecord record, SyncKeys keys) {
    return Records.open(SyncdOperation.SET, record, keys);
  }

  private Set<ByteString> keyIds() {
    Set<ByteString> ids = new LinkedHashSet<>();
    Head head =
        read(record -> {
          if (ids.size() < MOST_KEYS) {
            ids.add(record.getKeyId().getId());
          }
        });
    ids.add(head.key);
    return ids;
  }

  /** What a snapshot says beside its records. */
  private static final class Head {
    private long version;
    private ByteString mac = ByteString.EMPTY;
    private ByteString key = ByteString.EMPTY;
    private int records;
  }

  private Head read(Consumer<SyncdRecord> records) {
    CodedInputStream input = CodedInputStream.newInstance(bytes);
    Head head = new Head();
    try {
      for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
        field(input, tag, head, records);
      }
    } catch (InvalidProtocolBufferException e) {
      throw new AppStateException(Reason.MALFORMED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return head;
  }

  private void field(CodedInputStream input, int tag, Head head, Consumer<SyncdRecord> records)
      throws IOException {
    boolean bytesFollow = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
    switch (bytesFollow ? WireFormat.getTagFieldNumber(tag) : 0) {
      case SyncdSnapshot.VERSION_FIELD_NUMBER ->
          head.version = SyncdVersion.parseFrom(input.readByteArray()).getVersion();
      case SyncdSnapshot.RECORDS_FIELD_NUMBER -> {
        if (++head.records > mostRecords) {
          throw new AppStateException(Reason.TOO_LARGE);
        }
        records.accept(record(input));
      }
      case SyncdSnapshot.MAC_FIELD_NUMBER -> head.mac = input.readBytes();
      case SyncdSnapshot.KEY_ID_FIELD_NUMBER ->
          head.key = KeyId.parseFrom(input.readByteArray()).getId();
      default -> {
        if (!input.skipField(tag)) {
          throw new AppStateException(Reason.MALFORMED);
        }
      }
    }
  }

  private static SyncdRecord record(CodedInputStream input) throws IOException {
    return SyncdRecord.parseFrom(input.readByteArray(), ExtensionRegistryLite.getEmptyRegistry());
  }
}
