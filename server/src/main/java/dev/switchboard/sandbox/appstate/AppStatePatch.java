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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * One encrypted step of a collection, and the hash of the collection after it (facts of the wire,
 * measured with independent clients).
 */
public record AppStatePatch(SyncdPatch patch, StateHash hash) {
  private static final int MAC_LENGTH = 32;

  /** Sets one record in a collection. */
  public static AppStatePatch set(
      String collection,
      long version,
      StateHash before,
      byte[] keyId,
      byte[] sharedKey,
      SyncActionData action,
      RandomGenerator random) {
    AppStateKeys keys = AppStateKeys.expand(sharedKey);
    byte[] encrypted = encrypt(keys, action, random);
    byte[] valueMac = valueMac(keys, keyId, encrypted);
    StateHash after = before.plus(valueMac);
    byte[] place = concat(bigEndian(version), collection.getBytes(StandardCharsets.UTF_8));
    byte[] snapshotMac = Hmac.sha256(keys.snapshotMac(), after.bytes(), place);
    byte[] patchMac = Hmac.sha256(keys.patchMac(), snapshotMac, valueMac, place);
    KeyId key = KeyId.newBuilder().setId(ByteString.copyFrom(keyId)).build();
    byte[] indexMac = Hmac.sha256(keys.index(), action.getIndex().toByteArray());
    SyncdRecord record =
        SyncdRecord.newBuilder()
            .setIndex(SyncdIndex.newBuilder().setBlob(ByteString.copyFrom(indexMac)))
            .setValue(
                SyncdValue.newBuilder().setBlob(ByteString.copyFrom(concat(encrypted, valueMac))))
            .setKeyId(key)
            .build();
    SyncdPatch patch =
        SyncdPatch.newBuilder()
            .setVersion(SyncdVersion.newBuilder().setVersion(version))
            .addMutations(
                SyncdMutation.newBuilder()
                    .setOperation(SyncdMutation.SyncdOperation.SET)
                    .setRecord(record))
            .setSnapshotMac(ByteString.copyFrom(snapshotMac))
            .setPatchMac(ByteString.copyFrom(patchMac))
            .setKeyId(key)
            .build();
    return new AppStatePatch(patch, after);
  }

  /**
   * Whether a patch that makes this version of the collection was made with the shared key. What it
   * keeps outside of the stanza cannot be checked and passes.
   */
  public static boolean isAuthentic(
      SyncdPatch patch, String collection, long version, byte[] sharedKey) {
    if (patch.hasExternalMutations()) {
      return true;
    }
    AppStateKeys keys = AppStateKeys.expand(sharedKey);
    ByteString macs = patch.getSnapshotMac();
    for (SyncdMutation mutation : patch.getMutationsList()) {
      ByteString blob = mutation.getRecord().getValue().getBlob();
      macs = macs.concat(blob.substring(Math.max(0, blob.size() - MAC_LENGTH)));
    }
    byte[] place = concat(bigEndian(version), collection.getBytes(StandardCharsets.UTF_8));
    byte[] expected = Hmac.sha256(keys.patchMac(), macs.toByteArray(), place);
    return Hmac.matches(expected, patch.getPatchMac().toByteArray());
  }

  private static byte[] encrypt(AppStateKeys keys, SyncActionData action, RandomGenerator random) {
    byte[] iv = new byte[AesCbc.IV_BYTES];
    random.nextBytes(iv);
    return concat(iv, AesCbc.encrypt(keys.valueEncryption(), iv, action.toByteArray()));
  }

  private static byte[] valueMac(AppStateKeys keys, byte[] keyId, byte[] encrypted) {
    byte[] operation = {1}; // SET, counted from 1
    byte[] mac =
        Hmac.sha512(keys.valueMac(), operation, keyId, encrypted, bigEndian(keyId.length + 1L));
    return Arrays.copyOf(mac, MAC_LENGTH);
  }

  private static byte[] bigEndian(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
