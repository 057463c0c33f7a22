package dev.switchboard.whatsapp.cobalt;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.proto.ADVDeviceIdentity;
import dev.switchboard.whatsapp.proto.ADVEncryptionType;
import it.auties.whatsapp.model.signal.auth.SignedDeviceIdentity;
import it.auties.whatsapp.model.signal.auth.SignedDeviceIdentityBuilder;
import it.auties.whatsapp.model.signal.auth.SignedDeviceIdentitySpec;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A device identity that the account signed and, once linked, the device too. All signatures are
 * over {@link #details} as they came.
 *
 * @param details a serialized ADVDeviceIdentity
 * @param accountSignatureKey identity key of the account's phone; empty where it was left out
 * @param deviceSignature empty before linking
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record SignedIdentity(
    byte[] details, byte[] accountSignatureKey, byte[] accountSignature, byte[] deviceSignature) {
  private static final byte[] ACCOUNT_PREFIX = {6, 0};
  private static final byte[] HOSTED_PREFIX = {6, 5};
  private static final byte[] DEVICE_PREFIX = {6, 1};

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static SignedIdentity parse(byte[] bytes) {
    SignedDeviceIdentity identity;
    try {
      identity = SignedDeviceIdentitySpec.decode(bytes);
    } catch (RuntimeException e) {
      // Cobalt's decoder throws what it likes on broken input.
      throw new IllegalArgumentException("not a signed device identity", e);
    }
    return new SignedIdentity(
        orEmpty(identity.details()),
        orEmpty(identity.accountSignatureKey()),
        orEmpty(identity.accountSignature()),
        orEmpty(identity.deviceSignature()));
  }

  /** Whether the account of {@code accountKey} vouches for the device with this identity key. */
  public boolean isSignedByAccount(byte[] accountKey, byte[] deviceIdentityKey) {
    byte[] prefix = deviceIsHosted() ? HOSTED_PREFIX : ACCOUNT_PREFIX;
    return Curve.verify(accountKey, joined(prefix, details, deviceIdentityKey), accountSignature);
  }

  /** Whether the device with this identity key agreed to belong to the account. */
  public boolean isSignedByDevice(byte[] accountKey, byte[] deviceIdentityKey) {
    byte[] message = joined(DEVICE_PREFIX, details, deviceIdentityKey, accountKey);
    return Curve.verify(deviceIdentityKey, message, deviceSignature);
  }

  /** The same with this device's signature. */
  public SignedIdentity signedBy(KeyPair deviceIdentity, SecureRandom random) {
    byte[] message =
        joined(DEVICE_PREFIX, details, deviceIdentity.publicKey(), accountSignatureKey);
    byte[] signature = Curve.sign(deviceIdentity.privateKey(), message, random);
    return new SignedIdentity(details, accountSignatureKey, accountSignature, signature);
  }

  /** The same without the account's key, as it is sent to those who know the key. */
  public SignedIdentity withoutAccountKey() {
    return new SignedIdentity(details, new byte[0], accountSignature, deviceSignature);
  }

  /** The number that the account gave the device's key, for {@code key-index}. */
  public int keyIndex() {
    return parsedDetails().getKeyIndex();
  }

  /** Serialized; empty parts are left out. */
  public byte[] encode() {
    return SignedDeviceIdentitySpec.encode(
        new SignedDeviceIdentityBuilder()
            .details(details)
            .accountSignatureKey(orNull(accountSignatureKey))
            .accountSignature(orNull(accountSignature))
            .deviceSignature(orNull(deviceSignature))
            .build());
  }

  private boolean deviceIsHosted() {
    return parsedDetails().getDeviceType() == ADVEncryptionType.HOSTED;
  }

  /** Read with a message of our own: Cobalt's lacks the device type. */
  private ADVDeviceIdentity parsedDetails() {
    try {
      return ADVDeviceIdentity.parseFrom(details);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("the details are no device identity", e);
    }
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  private static byte[] orEmpty(byte @Nullable [] bytes) {
    return bytes == null ? new byte[0] : bytes;
  }

  private static byte @Nullable [] orNull(byte[] bytes) {
    return bytes.length == 0 ? null : bytes;
  }
}
