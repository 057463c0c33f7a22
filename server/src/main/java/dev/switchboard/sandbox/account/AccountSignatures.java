package dev.switchboard.sandbox.account;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.Hmac;
import dev.switchboard.whatsapp.proto.ADVDeviceIdentity;
import dev.switchboard.whatsapp.proto.ADVEncryptionType;
import dev.switchboard.whatsapp.proto.ADVKeyIndexList;
import dev.switchboard.whatsapp.proto.ADVSignedDeviceIdentity;
import dev.switchboard.whatsapp.proto.ADVSignedDeviceIdentityHMAC;
import dev.switchboard.whatsapp.proto.ADVSignedKeyIndexList;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/**
 * What an account's phone signs about its devices (ADV), and the checks of what devices sign. The
 * prefixes are facts of the wire, measured with independent clients.
 */
public final class AccountSignatures {
  private static final byte[] ACCOUNT_PREFIX = {6, 0};
  private static final byte[] DEVICE_PREFIX = {6, 1};
  private static final byte[] KEY_INDEX_PREFIX = {6, 2};

  private final SecureRandom random;

  public AccountSignatures(SecureRandom random) {
    this.random = random;
  }

  /** The serialized statement that this account has a device with that id. */
  public static ByteString details(AccountRecord account, int device, Instant now) {
    return ADVDeviceIdentity.newBuilder()
        .setRawId(account.getRawId())
        .setTimestamp(now.getEpochSecond())
        .setKeyIndex(device)
        .setAccountType(ADVEncryptionType.E2EE)
        .setDeviceType(ADVEncryptionType.E2EE)
        .build()
        .toByteString();
  }

  /** The statement, signed by the account for the identity key of the device. */
  public ADVSignedDeviceIdentity sign(
      AccountRecord account, ByteString details, byte[] deviceIdentity) {
    byte[] message = concat(ACCOUNT_PREFIX, details.toByteArray(), deviceIdentity);
    return ADVSignedDeviceIdentity.newBuilder()
        .setDetails(details)
        .setAccountSignatureKey(ByteString.copyFrom(identityKey(account)))
        .setAccountSignature(ByteString.copyFrom(signature(account, message)))
        .build();
  }

  /** The signed statement under the secret that only the scanned QR code told. */
  public static ADVSignedDeviceIdentityHMAC seal(
      ADVSignedDeviceIdentity signed, byte[] advertisedSecret) {
    byte[] bytes = signed.toByteArray();
    return ADVSignedDeviceIdentityHMAC.newBuilder()
        .setDetails(ByteString.copyFrom(bytes))
        .setHmac(ByteString.copyFrom(Hmac.sha256(advertisedSecret, bytes)))
        .build();
  }

  /** The account's list of linked devices, signed. */
  public ADVSignedKeyIndexList keyIndexes(
      AccountRecord account, List<DeviceRecord> devices, Instant now) {
    var list =
        ADVKeyIndexList.newBuilder()
            .setRawId(account.getRawId())
            .setTimestamp(now.getEpochSecond())
            .setCurrentIndex(account.getNextDevice())
            .addValidIndexes(0)
            .setAccountType(ADVEncryptionType.E2EE);
    devices.forEach(device -> list.addValidIndexes(device.getId()));
    byte[] details = list.build().toByteArray();
    return ADVSignedKeyIndexList.newBuilder()
        .setDetails(ByteString.copyFrom(details))
        .setAccountSignature(
            ByteString.copyFrom(signature(account, concat(KEY_INDEX_PREFIX, details))))
        .setAccountSignatureKey(account.getIdentityPublic())
        .build();
  }

  /** Whether the device signed the statement that the account made about it. */
  public static boolean isSignedByDevice(
      AccountRecord account, ByteString details, byte[] deviceIdentity, byte[] signature) {
    byte[] message =
        concat(DEVICE_PREFIX, details.toByteArray(), deviceIdentity, identityKey(account));
    return Curve.verify(deviceIdentity, message, signature);
  }

  /** Whether the serialized identity a device shows to others is the one its account signed. */
  public static boolean isIdentityOf(AccountRecord account, DeviceRecord device, byte[] shown) {
    try {
      var signed = ADVSignedDeviceIdentity.parseFrom(shown);
      byte[] identity = device.getIdentity().toByteArray();
      byte[] message = concat(ACCOUNT_PREFIX, signed.getDetails().toByteArray(), identity);
      return signed.getDetails().equals(device.getIdentityDetails())
          && Curve.verify(identityKey(account), message, signed.getAccountSignature().toByteArray())
          && isSignedByDevice(
              account, signed.getDetails(), identity, signed.getDeviceSignature().toByteArray());
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  /** The public half of the key a phone signs with, 32 bytes. */
  public static byte[] identityKey(AccountRecord account) {
    return account.getIdentityPublic().toByteArray();
  }

  private byte[] signature(AccountRecord account, byte[] message) {
    return Curve.sign(account.getIdentity().toByteArray(), message, random);
  }

  private static byte[] concat(byte[]... parts) {
    var joined = ByteString.empty();
    for (byte[] part : parts) {
      joined = joined.concat(ByteString.copyFrom(part));
    }
    return joined.toByteArray();
  }
}
