package dev.switchboard.whatsapp.crypto;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A Curve25519 key pair as raw 32-byte arrays (no type byte in front).
 *
 * <p>The arrays are copied on the way in and out, so that nobody can change a key that another
 * holds. Only lengths are checked: deriving the public half costs as much as an agreement.
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
public record KeyPair(byte[] privateKey, byte[] publicKey) {
  public KeyPair {
    privateKey = Curve.requireKey(privateKey, "private key").clone();
    publicKey = Curve.requireKey(publicKey, "public key").clone();
  }

  /** A new pair; the private half is clamped as RFC 7748 asks for. */
  public static KeyPair generate(SecureRandom random) {
    byte[] privateKey = new byte[Curve.KEY_BYTES];
    random.nextBytes(privateKey);
    return ofPrivate(Curve.clamped(privateKey));
  }

  /** The pair of a stored private half. */
  public static KeyPair ofPrivate(byte[] privateKey) {
    return new KeyPair(privateKey, Curve.publicKey(privateKey));
  }

  @Override
  public byte[] privateKey() {
    return privateKey.clone();
  }

  @Override
  public byte[] publicKey() {
    return publicKey.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyPair that
        && MessageDigest.isEqual(privateKey, that.privateKey)
        && Arrays.equals(publicKey, that.publicKey);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(publicKey);
  }

  @Override
  public String toString() {
    return "KeyPair[publicKey=" + HexFormat.of().formatHex(publicKey) + "]";
  }
}
