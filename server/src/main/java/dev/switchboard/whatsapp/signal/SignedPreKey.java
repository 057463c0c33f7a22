package dev.switchboard.whatsapp.signal;

import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The prekey that stays: its public half is signed by the identity key.
 *
 * @param id 1 to 16777215: the wire has 24 bits for it
 * @param signature 64 bytes of XEdDSA over 05 and the 32-byte public key
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record SignedPreKey(int id, KeyPair keyPair, byte[] signature) {
  private static final byte KEY_TYPE = 5;

  public SignedPreKey {
    PreKey.requireId(id);
    if (signature.length != Curve.SIGNATURE_BYTES) {
      throw new IllegalArgumentException("signature has " + signature.length + " bytes");
    }
    signature = signature.clone();
  }

  public static SignedPreKey generate(SignalIdentity identity, int id, SecureRandom random) {
    KeyPair keyPair = KeyPair.generate(random);
    byte[] signature =
        Curve.sign(identity.keyPair().privateKey(), typed(keyPair.publicKey()), random);
    return new SignedPreKey(id, keyPair, signature);
  }

  @Override
  public byte[] signature() {
    return signature.clone();
  }

  /** The change that makes this prekey known to units. */
  public SignalChange put() {
    return new SignalChange.Put(key(), PreKey.record(keyPair));
  }

  /** Where a unit finds the private half. */
  public SignalRecordKey key() {
    return key(id);
  }

  /** Where a unit finds the private half of the one with this id. */
  public static SignalRecordKey key(int id) {
    return SignalRecordKey.signedPreKey(id);
  }

  /** What the signature covers. */
  static byte[] typed(byte[] publicKey) {
    byte[] typed = new byte[1 + publicKey.length];
    typed[0] = KEY_TYPE;
    System.arraycopy(publicKey, 0, typed, 1, publicKey.length);
    return typed;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SignedPreKey that
        && id == that.id
        && keyPair.equals(that.keyPair)
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return 31 * id + keyPair.hashCode();
  }

  @Override
  public String toString() {
    return "SignedPreKey[id=" + id + "]";
  }
}
