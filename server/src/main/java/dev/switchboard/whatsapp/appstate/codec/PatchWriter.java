package dev.switchboard.whatsapp.appstate.codec;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.proto.KeyId;
import dev.switchboard.whatsapp.proto.SyncActionData;
import dev.switchboard.whatsapp.proto.SyncdMutation;
import dev.switchboard.whatsapp.proto.SyncdMutation.SyncdOperation;
import dev.switchboard.whatsapp.proto.SyncdPatch;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes patches of one change each. */
public final class PatchWriter {
  private final SyncKey key;
  private final RandomGenerator random;

  public PatchWriter(SyncKey key, RandomGenerator random) {
    this.key = key;
    this.random = random;
  }

  /** The bytes to upload, and what they come to once the server took them. */
  @SuppressWarnings("ArrayRecordComponent") // Handed to a stanza and never compared.
  public record Written(byte[] bytes, Patch.Result result) {}

  /** Writes the change on top of a version. */
  public Written write(
      String collection,
      Position before,
      Patch.Earlier earlier,
      SyncdOperation operation,
      SyncActionData data) {
    SyncdMutation sealed = Records.seal(operation, data, key, random);
    ByteString indexMac = sealed.getRecord().getIndex().getBlob();
    ByteString valueMac = Records.valueMac(sealed.getRecord().getValue().getBlob());
    LtHash hash = before.hash().copy();
    Optional<ByteString> replaced = earlier.valueMac(indexMac);
    replaced.ifPresent(mac -> hash.subtract(mac.toByteArray()));
    if (operation == SyncdOperation.SET) {
      hash.add(valueMac.toByteArray());
    }
    long version = before.version() + 1;
    byte[] snapshotMac = Macs.snapshot(key, hash, version, collection);
    // Without its version, as independent clients write it: the server counts.
    SyncdPatch patch =
        SyncdPatch.newBuilder()
            .addMutations(sealed)
            .setSnapshotMac(ByteString.copyFrom(snapshotMac))
            .setPatchMac(
                ByteString.copyFrom(
                    Macs.patch(key, snapshotMac, valueMac.toByteArray(), version, collection)))
            .setKeyId(KeyId.newBuilder().setId(key.id()))
            .build();
    Mutation mutation = new Mutation(operation, indexMac, valueMac, data);
    return new Written(
        patch.toByteArray(), new Patch.Result(new Position(version, hash), List.of(mutation)));
  }
}
