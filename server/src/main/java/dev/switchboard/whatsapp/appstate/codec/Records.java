package dev.switchboard.whatsapp.appstate.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.whatsapp.appstate.codec.AppStateException.Reason;
import dev.switchboard.whatsapp.crypto.AesCbc;
import dev.switchboard.whatsapp.crypto.CryptoException;
import dev.switchboard.whatsapp.crypto.Hmac;
import dev.switchboard.whatsapp.proto.KeyId;
import dev.switchboard.whatsapp.proto.SyncActionData;
import dev.switchboard.whatsapp.proto.SyncdIndex;
import dev.switchboard.whatsapp.proto.SyncdMutation;
import dev.switchboard.whatsapp.proto.SyncdMutation.SyncdOperation;
import dev.switchboard.whatsapp.proto.SyncdRecord;
import dev.switchboard.whatsapp.proto.SyncdValue;
import java.util.random.RandomGenerator;

/** Opens and seals single records: iv, ciphertext and the MAC of both under a MAC as name. */
final class Records {
  private static final int SMALLEST_BLOB = AesCbc.IV_BYTES + 16 + Macs.BYTES;

  private Records() {}

  /**
   * Reads a record.
   *
   * @throws AppStateException MISSING_KEY, VALUE_MAC, INDEX_MAC, MALFORMED
   */
  static Mutation open(SyncdOperation operation, SyncdRecord record, SyncKeys keys) {
    ByteString blob = record.getValue().getBlob();
    if (operation == SyncdOperation.UNRECOGNIZED || blob.size() < SMALLEST_BLOB) {
      throw new AppStateException(Reason.MALFORMED);
    }
    SyncKey key = keys.require(record.getKeyId().getId());
    byte[] encrypted = blob.substring(0, blob.size() - Macs.BYTES).toByteArray();
    ByteString valueMac = valueMac(blob);
    if (!Hmac.matches(Macs.value(key, operation, encrypted), valueMac.toByteArray())) {
      throw new AppStateException(Reason.VALUE_MAC);
    }
    SyncActionData data = parse(decrypt(key, encrypted));
    ByteString indexMac = record.getIndex().getBlob();
    if (!Hmac.matches(Macs.index(key, data.getIndex().toByteArray()), indexMac.toByteArray())) {
      throw new AppStateException(Reason.INDEX_MAC);
    }
    return new Mutation(operation, indexMac, valueMac, data);
  }

  /** The last part of a record's value. */
  static ByteString valueMac(ByteString blob) {
    if (blob.size() < SMALLEST_BLOB) {
      throw new AppStateException(Reason.MALFORMED);
    }
    return blob.substring(blob.size() - Macs.BYTES);
  }

  static SyncdMutation seal(
      SyncdOperation operation, SyncActionData data, SyncKey key, RandomGenerator random) {
    byte[] iv = new byte[AesCbc.IV_BYTES];
    random.nextBytes(iv);
    byte[] ciphertext = AesCbc.encrypt(key.valueEncryption(), iv, data.toByteArray());
    ByteString encrypted = ByteString.copyFrom(iv).concat(ByteString.copyFrom(ciphertext));
    byte[] valueMac = Macs.value(key, operation, encrypted.toByteArray());
    ByteString indexMac = ByteString.copyFrom(Macs.index(key, data.getIndex().toByteArray()));
    return SyncdMutation.newBuilder()
        .setOperation(operation)
        .setRecord(
            SyncdRecord.newBuilder()
                .setIndex(SyncdIndex.newBuilder().setBlob(indexMac))
                .setValue(
                    SyncdValue.newBuilder()
                        .setBlob(encrypted.concat(ByteString.copyFrom(valueMac))))
                .setKeyId(KeyId.newBuilder().setId(key.id())))
        .build();
  }

  private static byte[] decrypt(SyncKey key, byte[] encrypted) {
    ByteString whole = ByteString.copyFrom(encrypted);
    try {
      return AesCbc.decrypt(
          key.valueEncryption(),
          whole.substring(0, AesCbc.IV_BYTES).toByteArray(),
          whole.substring(AesCbc.IV_BYTES).toByteArray());
    } catch (CryptoException e) {
      throw new AppStateException(Reason.MALFORMED);
    }
  }

  private static SyncActionData parse(byte[] plaintext) {
    try {
      return SyncActionData.parseFrom(plaintext);
    } catch (InvalidProtocolBufferException e) {
      throw new AppStateException(Reason.MALFORMED);
    }
  }
}
