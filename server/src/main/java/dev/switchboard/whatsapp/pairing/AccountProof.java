package dev.switchboard.whatsapp.pairing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.Hmac;
import dev.switchboard.whatsapp.proto.ADVDeviceIdentity;
import dev.switchboard.whatsapp.proto.ADVEncryptionType;
import dev.switchboard.whatsapp.proto.ADVSignedDeviceIdentity;
import dev.switchboard.whatsapp.proto.ADVSignedDeviceIdentityHMAC;
import dev.switchboard.whatsapp.signal.SignalIdentity;
import java.security.SecureRandom;

/**
 * The phone's word that this device is the account's: checked, then signed by this device. Every
 * signature is checked over the bytes as they came. Read in public sources and measured.
 *
 * @param accountKey the phone's identity key, 32 bytes
 * @param keyIndex the device's place in the account's list of devices
 * @param signed both signatures together
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through and never compared.
record AccountProof(byte[] accountKey, int keyIndex, ADVSignedDeviceIdentity signed) {
  private static final byte[] ACCOUNT_PREFIX = {6, 0};
  private static final byte[] DEVICE_PREFIX = {6, 1};
  private static final byte[] HOSTED_PREFIX = {6, 5};
  private static final byte[] NO_PREFIX = {};

  /**
   * Checks the proof.
   *
   * @param container a serialized ADVSignedDeviceIdentityHMAC
   * @param secret what was in the QR code: who knows it has seen the screen
   * @throws ProofRefused when any check fails
   */
  static AccountProof check(
      byte[] container, byte[] secret, SignalIdentity own, SecureRandom random) {
    try {
      ADVSignedDeviceIdentityHMAC outer = ADVSignedDeviceIdentityHMAC.parseFrom(container);
      requireMac(outer, secret);
      ADVSignedDeviceIdentity signed = ADVSignedDeviceIdentity.parseFrom(outer.getDetails());
      ADVDeviceIdentity details = ADVDeviceIdentity.parseFrom(signed.getDetails());
      byte[] identity = own.keyPair().publicKey();
      requireSignature(signed, details, identity);
      byte[] accountKey = signed.getAccountSignatureKey().toByteArray();
      byte[] covered =
          concat(DEVICE_PREFIX, signed.getDetails().toByteArray(), identity, accountKey);
      byte[] signature = Curve.sign(own.keyPair().privateKey(), covered, random);
      return new AccountProof(
          accountKey,
          details.getKeyIndex(),
          signed.toBuilder().setDeviceSignature(ByteString.copyFrom(signature)).build());
    } catch (InvalidProtocolBufferException e) {
      throw new ProofRefused("signature-mismatch");
    }
  }

  /** What the server gets: it knows the account's key. */
  byte[] forServer() {
    return signed.toBuilder().clearAccountSignatureKey().build().toByteArray();
  }

  /** What peers get. */
  byte[] forPeers() {
    return signed.toByteArray();
  }

  private static void requireMac(ADVSignedDeviceIdentityHMAC outer, byte[] secret) {
    boolean hosted = outer.getAccountType() == ADVEncryptionType.HOSTED;
    byte[] expected =
        Hmac.sha256(secret, hosted ? HOSTED_PREFIX : NO_PREFIX, outer.getDetails().toByteArray());
    if (!Hmac.matches(expected, outer.getHmac().toByteArray())) {
      throw new ProofRefused("hmac-mismatch");
    }
  }

  private static void requireSignature(
      ADVSignedDeviceIdentity signed, ADVDeviceIdentity details, byte[] identity) {
    boolean hosted = details.getDeviceType() == ADVEncryptionType.HOSTED;
    byte[] covered =
        concat(
            hosted ? HOSTED_PREFIX : ACCOUNT_PREFIX, signed.getDetails().toByteArray(), identity);
    if (!Curve.verify(
        signed.getAccountSignatureKey().toByteArray(),
        covered,
        signed.getAccountSignature().toByteArray())) {
      throw new ProofRefused("signature-mismatch");
    }
  }

  private static byte[] concat(byte[]... parts) {
    ByteString all = ByteString.EMPTY;
    for (byte[] part : parts) {
      all = all.concat(ByteString.copyFrom(part));
    }
    return all.toByteArray();
  }
}
