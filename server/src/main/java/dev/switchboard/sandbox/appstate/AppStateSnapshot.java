package dev.switchboard.sandbox.appstate;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.crypto.Hmac;
import dev.switchboard.whatsapp.proto.KeyId;
import dev.switchboard.whatsapp.proto.SyncdMutation;
import dev.switchboard.whatsapp.proto.SyncdMutation.SyncdOperation;
import dev.switchboard.whatsapp.proto.SyncdPatch;
import dev.switchboard.whatsapp.proto.SyncdRecord;
import dev.switchboard.whatsapp.proto.SyncdSnapshot;
import dev.switchboard.whatsapp.proto.SyncdVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A whole collection at one version. */
public final class AppStateSnapshot {
  private AppStateSnapshot() {}

  /** The snapshot that all patches of a collection, from the first on, come to. */
  public static SyncdSnapshot of(
      String collection,
      ByteString keyId,
      byte[] sharedKey,
      long version,
      List<SyncdPatch> patches) {
    Map<ByteString, SyncdRecord> records = new LinkedHashMap<>();
    patches.stream()
        .flatMap(patch -> patch.getMutationsList().stream())
        .forEach(each -> {
          records.remove(index(each));
          if (each.getOperation() == SyncdOperation.SET) {
            records.put(index(each), each.getRecord());
          }
        });
    StateHash hash = StateHash.empty();
    for (SyncdRecord record : records.values()) {
      hash = hash.plus(PatchCheck.valueMac(record).toByteArray());
    }
    byte[] mac =
        Hmac.sha256(
            AppStateKeys.expand(sharedKey).snapshotMac(),
            hash.bytes(),
            PatchCheck.place(collection, version));
    return SyncdSnapshot.newBuilder()
        .setVersion(SyncdVersion.newBuilder().setVersion(version))
        .addAllRecords(records.values())
        .setMac(ByteString.copyFrom(mac))
        .setKeyId(KeyId.newBuilder().setId(keyId))
        .build();
  }

  private static ByteString index(SyncdMutation mutation) {
    return mutation.getRecord().getIndex().getBlob();
  }
}
