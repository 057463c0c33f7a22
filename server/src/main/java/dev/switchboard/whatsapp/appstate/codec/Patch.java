package dev.switchboard.whatsapp.appstate.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.whatsapp.appstate.codec.AppStateException.Reason;
import dev.switchboard.whatsapp.crypto.Hmac;
import dev.switchboard.whatsapp.proto.ExternalBlobReference;
import dev.switchboard.whatsapp.proto.SyncdMutation;
import dev.switchboard.whatsapp.proto.SyncdMutations;
import dev.switchboard.whatsapp.proto.SyncdPatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One step from a version of a collection to the next, as it came. */
public final class Patch {
  private final String collection;
  private final SyncdPatch content;

  private Patch(String collection, SyncdPatch content) {
    this.collection = collection;
    this.content = content;
  }

  /**
   * Decodes a patch; verifies nothing yet.
   *
   * @throws AppStateException MALFORMED
   */
  public static Patch parse(String collection, byte[] bytes) {
    try {
      return new Patch(collection, SyncdPatch.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new AppStateException(Reason.MALFORMED);
    }
  }

  /** Where its mutations lie, if it does not hold them. */
  public static Optional<ExternalBlobReference> reference(byte[] bytes) {
    try {
      SyncdPatch patch = SyncdPatch.parseFrom(bytes);
      return Optional.of(patch.getExternalMutations()).filter(_ -> patch.hasExternalMutations());
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty(); // To be told when it is taken.
    }
  }

  /**
   * The patch with the mutations that lay elsewhere.
   *
   * @throws AppStateException MALFORMED
   */
  public static byte[] complete(byte[] bytes, byte[] mutations) {
    try {
      return SyncdPatch.parseFrom(bytes).toBuilder()
          .clearExternalMutations()
          .addAllMutations(SyncdMutations.parseFrom(mutations).getMutationsList())
          .build()
          .toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new AppStateException(Reason.MALFORMED);
    }
  }

  /** The version that it makes; what does not say it makes the next one. */
  public long version(Position before) {
    return content.hasVersion() ? content.getVersion().getVersion() : before.version() + 1;
  }

  /** What a record was before. */
  public interface Earlier {
    /** The value MAC of the record; empty when there is none. */
    Optional<ByteString> valueMac(ByteString indexMac);
  }

  /**
   * What a patch comes to.
   *
   * @param mutations the last word on each record that it names, in order
   */
  public record Result(Position after, List<Mutation> mutations) {
    public Result {
      mutations = List.copyOf(mutations);
    }
  }

  /**
   * Verifies everything and computes what comes of it; changes nothing.
   *
   * @throws AppStateException any reason but TOO_LARGE
   */
  public Result applyTo(Position before, Earlier earlier, SyncKeys keys) {
    if (content.hasExternalMutations()) {
      throw new AppStateException(Reason.EXTERNAL_BLOB);
    }
    long version = version(before);
    if (version != before.version() + 1) {
      throw new AppStateException(Reason.VERSION_GAP);
    }
    keys.requireAll(keyIds());
    SyncKey key = keys.require(content.getKeyId().getId());
    checkPatchMac(key, version);
    LtHash hash = before.hash().copy();
    List<Mutation> mutations = mix(hash, earlier, keys);
    byte[] expected = Macs.snapshot(key, hash, version, collection);
    if (!Hmac.matches(expected, content.getSnapshotMac().toByteArray())) {
      throw new AppStateException(Reason.SNAPSHOT_MAC);
    }
    return new Result(new Position(version, hash), mutations);
  }

  private Set<ByteString> keyIds() {
    Set<ByteString> ids = new LinkedHashSet<>();
    ids.add(content.getKeyId().getId());
    content.getMutationsList().forEach(each -> ids.add(each.getRecord().getKeyId().getId()));
    return ids;
  }

  private void checkPatchMac(SyncKey key, long version) {
    ByteString valueMacs = ByteString.EMPTY;
    for (SyncdMutation mutation : content.getMutationsList()) {
      valueMacs = valueMacs.concat(Records.valueMac(mutation.getRecord().getValue().getBlob()));
    }
    byte[] expected =
        Macs.patch(
            key,
            content.getSnapshotMac().toByteArray(),
            valueMacs.toByteArray(),
            version,
            collection);
    if (!Hmac.matches(expected, content.getPatchMac().toByteArray())) {
      throw new AppStateException(Reason.PATCH_MAC);
    }
  }

  private List<Mutation> mix(LtHash hash, Earlier earlier, SyncKeys keys) {
    Map<ByteString, Mutation> last = new LinkedHashMap<>();
    for (SyncdMutation each : content.getMutationsList()) {
      Mutation mutation = Records.open(each.getOperation(), each.getRecord(), keys);
      Mutation before = last.get(mutation.indexMac());
      Optional<ByteString> replaced =
          before == null
              ? earlier.valueMac(mutation.indexMac())
              : Optional.of(before).filter(set -> !set.removes()).map(Mutation::valueMac);
      replaced.ifPresent(mac -> hash.subtract(mac.toByteArray()));
      // Removing what is not there changes nothing, here as in independent clients.
      if (!mutation.removes()) {
        hash.add(mutation.valueMac().toByteArray());
      }
      last.put(mutation.indexMac(), mutation);
    }
    return new ArrayList<>(last.values());
  }
}
