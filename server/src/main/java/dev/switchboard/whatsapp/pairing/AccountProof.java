package dev.switchboard.whatsapp.pairing;

import dev.switchboard.whatsapp.cobalt.DeviceIdentityHmac;
import dev.switchboard.whatsapp.cobalt.SignedIdentity;
import dev.switchboard.whatsapp.crypto.KeyPair;
import java.security.SecureRandom;

/**
 * The phone's word that this device is the account's: checked, then signed by this device.
 *
 * @param signed with both signatures
 */
record AccountProof(SignedIdentity signed) {
  /**
   * Checks the proof.
   *
   * @param container what came in {@code <device-identity>}
   * @param secret what was in the QR code: who knows it has seen the screen
   * @throws ProofRefused when any check fails
   */
  static AccountProof check(
      byte[] container, byte[] secret, KeyPair deviceIdentity, SecureRandom random) {
    try {
      DeviceIdentityHmac outer = DeviceIdentityHmac.parse(container);
      if (!outer.isMadeWith(secret)) {
        throw new ProofRefused("hmac-mismatch");
      }
      SignedIdentity signed = SignedIdentity.parse(outer.details());
      byte[] accountKey = signed.accountSignatureKey();
      if (!signed.isSignedByAccount(accountKey, deviceIdentity.publicKey())) {
        throw new ProofRefused("signature-mismatch");
      }
      return new AccountProof(signed.signedBy(deviceIdentity, random));
    } catch (IllegalArgumentException e) {
      throw new ProofRefused("signature-mismatch");
    }
  }

  /** The phone's identity key, 32 bytes. */
  byte[] accountKey() {
    return signed.accountSignatureKey();
  }

  int keyIndex() {
    return signed.keyIndex();
  }

  /** What the server gets: it knows the account's key. */
  byte[] forServer() {
    return signed.withoutAccountKey().encode();
  }

  /** What peers get. */
  byte[] forPeers() {
    return signed.encode();
  }
}
