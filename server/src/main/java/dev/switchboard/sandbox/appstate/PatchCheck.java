package dev.switchboard.sandbox.appstate;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.whatsapp.crypto.AesCbc;
import dev.switchboard.whatsapp.crypto.CryptoException;
import dev.switchboard.whatsapp.crypto.Hmac;
import dev.switchboard.whatsapp.proto.SyncActionData;
import dev.switchboard.whatsapp.proto.SyncdMutation;
import dev.switchboard.whatsapp.proto.SyncdMutation.SyncdOperation;
import dev.switchboard.whatsapp.proto.SyncdPatch;
import dev.switchboard.whatsapp.proto.SyncdRecord;
import dev.switchboard.whatsapp.proto.SyncdVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks at a patch as the phone of its account would: all of its MACs, and the hash of the
 * collection that it claims to lead to.
 */
public final class PatchCheck {
  private static final int MAC_LENGTH = 32;
  private static final int SMALLEST_VALUE = 64;

  private final String collection;
  private final AppStateKeys keys;
  private final ByteString keyId;

  public PatchCheck(String collection, ByteString keyId, byte[] sharedKey) {
    this.collection = collection;
    this.keys = AppStateKeys.expand(sharedKey);
    this.keyId = keyId;
  }

  /**
   * What the patch comes to, made into that version.
   *
   * @param earlier the value MAC of a record that the collection holds
   * @throws PatchFlaw when anything is wrong with it
   */
  public AppStatePatch verify(
      SyncdPatch patch,
      long version,
      StateHash before,
      Function<ByteString, Optional<ByteString>> earlier) {
    require(!patch.hasExternalMutations(), "mutations outside of the stanza");
    require(patch.getKeyId().getId().equals(keyId), "another key");
    require(patch.getMutationsCount() > 0, "no mutation");
    StateHash hash = before;
    ByteString macs = ByteString.EMPTY;
    Map<ByteString, Optional<ByteString>> changed = new LinkedHashMap<>();
    for (SyncdMutation mutation : patch.getMutationsList()) {
      ByteString valueMac = verify(mutation);
      ByteString index = mutation.getRecord().getIndex().getBlob();
      Optional<ByteString> replaced =
          changed.containsKey(index) ? changed.get(index) : earlier.apply(index);
      boolean set = mutation.getOperation() == SyncdOperation.SET;
      hash = replaced.isPresent() ? hash.minus(replaced.get().toByteArray()) : hash;
      hash = set ? hash.plus(valueMac.toByteArray()) : hash;
      macs = macs.concat(valueMac);
      changed.put(index, set ? Optional.of(valueMac) : Optional.empty());
    }
    byte[] place = place(collection, version);
    byte[] snapshotMac = Hmac.sha256(keys.snapshotMac(), hash.bytes(), place);
    require(matches(snapshotMac, patch.getSnapshotMac()), "snapshot MAC");
    byte[] patchMac = Hmac.sha256(keys.patchMac(), snapshotMac, macs.toByteArray(), place);
    require(matches(patchMac, patch.getPatchMac()), "patch MAC");
    SyncdPatch numbered =
        patch.toBuilder().setVersion(SyncdVersion.newBuilder().setVersion(version)).build();
    return new AppStatePatch(numbered, hash, changed);
  }

  private ByteString verify(SyncdMutation mutation) {
    SyncdRecord record = mutation.getRecord();
    ByteString blob = record.getValue().getBlob();
    require(mutation.getOperation() != SyncdOperation.UNRECOGNIZED, "operation");
    require(record.getKeyId().getId().equals(keyId), "another key of a record");
    require(blob.size() >= SMALLEST_VALUE, "value too short");
    ByteString encrypted = blob.substring(0, blob.size() - MAC_LENGTH);
    ByteString valueMac = valueMac(record);
    byte[] expected = valueMac(keys, mutation.getOperation(), keyId, encrypted);
    require(matches(expected, valueMac), "value MAC");
    byte[] index = Hmac.sha256(keys.index(), decrypt(encrypted).getIndex().toByteArray());
    require(matches(index, record.getIndex().getBlob()), "index MAC");
    return valueMac;
  }

  private SyncActionData decrypt(ByteString encrypted) {
    try {
      return SyncActionData.parseFrom(
          AesCbc.decrypt(
              keys.valueEncryption(),
              encrypted.substring(0, AesCbc.IV_BYTES).toByteArray(),
              encrypted.substring(AesCbc.IV_BYTES).toByteArray()));
    } catch (CryptoException | InvalidProtocolBufferException e) {
      throw new PatchFlaw("value");
    }
  }

  static ByteString valueMac(SyncdRecord record) {
    ByteString blob = record.getValue().getBlob();
    return blob.substring(blob.size() - MAC_LENGTH);
  }

  static byte[] valueMac(
      AppStateKeys keys, SyncdOperation operation, ByteString keyId, ByteString encrypted) {
    byte[] first = {(byte) (operation.getNumber() + 1)}; // Operations are counted from 1.
    byte[] mac =
        Hmac.sha512(
            keys.valueMac(),
            first,
            keyId.toByteArray(),
            encrypted.toByteArray(),
            bigEndian(keyId.size() + 1L));
    return Arrays.copyOf(mac, MAC_LENGTH);
  }

  /** Where a patch belongs; part of its MACs. */
  static byte[] place(String collection, long version) {
    byte[] name = collection.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + name.length).putLong(version).put(name).array();
  }

  private static byte[] bigEndian(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static boolean matches(byte[] expected, ByteString actual) {
    return Hmac.matches(expected, actual.toByteArray());
  }

  private static void require(boolean right, String what) {
    if (!right) {
      throw new PatchFlaw(what);
    }
  }
}
