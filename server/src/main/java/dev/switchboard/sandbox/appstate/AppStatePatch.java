package dev.switchboard.sandbox.appstate;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.crypto.AesCbc;
import dev.switchboard.whatsapp.crypto.Hmac;
import dev.switchboard.whatsapp.proto.KeyId;
import dev.switchboard.whatsapp.proto.SyncActionData;
import dev.switchboard.whatsapp.proto.SyncdIndex;
import dev.switchboard.whatsapp.proto.SyncdMutation;
import dev.switchboard.whatsapp.proto.SyncdPatch;
import dev.switchboard.whatsapp.proto.SyncdRecord;
import dev.switchboard.whatsapp.proto.SyncdValue;
import dev.switchboard.whatsapp.proto.SyncdVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One encrypted step of a collection (facts of the wire, measured with independent clients).
 *
 * @param hash of the collection after it
 * @param valueMacs of the records it names, by index MAC; empty for one that is gone
 */
public record AppStatePatch(
    SyncdPatch patch, StateHash hash, Map<ByteString, Optional<ByteString>> valueMacs) {
  public AppStatePatch {
    valueMacs = Map.copyOf(valueMacs);
  }

  public long version() {
    return patch.getVersion().getVersion();
  }

  /** Sets the first records of a collection; no two of them have one index. */
  public static AppStatePatch first(
      String collection,
      byte[] keyId,
      byte[] sharedKey,
      List<SyncActionData> actions,
      RandomGenerator random) {
    AppStateKeys keys = AppStateKeys.expand(sharedKey);
    KeyId key = KeyId.newBuilder().setId(ByteString.copyFrom(keyId)).build();
    SyncdPatch.Builder patch =
        SyncdPatch.newBuilder().setVersion(SyncdVersion.newBuilder().setVersion(1)).setKeyId(key);
    StateHash hash = StateHash.empty();
    ByteString macs = ByteString.EMPTY;
    Map<ByteString, Optional<ByteString>> byIndex = new LinkedHashMap<>();
    for (SyncActionData action : actions) {
      SyncdRecord record = record(keys, key, action, random);
      ByteString valueMac = PatchCheck.valueMac(record);
      hash = hash.plus(valueMac.toByteArray());
      macs = macs.concat(valueMac);
      byIndex.put(record.getIndex().getBlob(), Optional.of(valueMac));
      patch.addMutations(
          SyncdMutation.newBuilder()
              .setOperation(SyncdMutation.SyncdOperation.SET)
              .setRecord(record));
    }
    byte[] place = PatchCheck.place(collection, 1);
    byte[] snapshotMac = Hmac.sha256(keys.snapshotMac(), hash.bytes(), place);
    byte[] patchMac = Hmac.sha256(keys.patchMac(), snapshotMac, macs.toByteArray(), place);
    patch
        .setSnapshotMac(ByteString.copyFrom(snapshotMac))
        .setPatchMac(ByteString.copyFrom(patchMac));
    return new AppStatePatch(patch.build(), hash, byIndex);
  }

  private static SyncdRecord record(
      AppStateKeys keys, KeyId key, SyncActionData action, RandomGenerator random) {
    byte[] iv = new byte[AesCbc.IV_BYTES];
    random.nextBytes(iv);
    ByteString encrypted =
        ByteString.copyFrom(iv)
            .concat(
                ByteString.copyFrom(
                    AesCbc.encrypt(keys.valueEncryption(), iv, action.toByteArray())));
    byte[] valueMac =
        PatchCheck.valueMac(keys, SyncdMutation.SyncdOperation.SET, key.getId(), encrypted);
    byte[] indexMac = Hmac.sha256(keys.index(), action.getIndex().toByteArray());
    return SyncdRecord.newBuilder()
        .setIndex(SyncdIndex.newBuilder().setBlob(ByteString.copyFrom(indexMac)))
        .setValue(SyncdValue.newBuilder().setBlob(encrypted.concat(ByteString.copyFrom(valueMac))))
        .setKeyId(key)
        .build();
  }
}
