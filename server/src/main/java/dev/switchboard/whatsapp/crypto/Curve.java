package dev.switchboard.whatsapp.crypto;

import com.github.auties00.curve25519.Curve25519;
import java.security.SecureRandom;

/** X25519 agreements and XEdDSA signatures over raw 32-byte keys. */
public final class Curve {
  public static final int KEY_BYTES = 32;
  public static final int SIGNATURE_BYTES = 64;

  private static final int SIGNATURE_RANDOM_BYTES = 64;

  private Curve() {}

  /** The public half of a private key. */
  public static byte[] publicKey(byte[] privateKey) {
    return Curve25519.getPublicKey(clamped(privateKey));
  }

  /**
   * The shared secret of two parties.
   *
   * @throws CryptoException if it is all zeros: the peer's key is a point of small order, and
   *     everybody would know the secret
   */
  public static byte[] agree(byte[] privateKey, byte[] publicKey) {
    byte[] secret = Curve25519.sharedKey(clamped(privateKey), requireKey(publicKey, "public key"));
    if (isZero(secret)) {
      throw new CryptoException("the public key leads to an all-zero agreement");
    }
    return secret;
  }

  /** An XEdDSA signature of 64 bytes, randomised as the specification asks for. */
  public static byte[] sign(byte[] privateKey, byte[] message, SecureRandom random) {
    byte[] noise = new byte[SIGNATURE_RANDOM_BYTES];
    random.nextBytes(noise);
    return Curve25519.sign(clamped(privateKey), message, noise);
  }

  /** Whether the signature is the key's; anything of a wrong length is not. */
  public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    return publicKey.length == KEY_BYTES
        && signature.length == SIGNATURE_BYTES
        && Curve25519.verifySignature(publicKey, message, signature);
  }

  static byte[] requireKey(byte[] key, String what) {
    if (key.length != KEY_BYTES) {
      throw new CryptoException(what + " has " + key.length + " bytes instead of " + KEY_BYTES);
    }
    return key;
  }

  /** The library takes scalars as they are: without this, points of small order would pass. */
  static byte[] clamped(byte[] privateKey) {
    byte[] scalar = requireKey(privateKey, "private key").clone();
    scalar[0] &= (byte) 0xf8;
    scalar[31] &= 0x7f;
    scalar[31] |= 0x40;
    return scalar;
  }

  private static boolean isZero(byte[] bytes) {
    int or = 0;
    for (byte each : bytes) {
      or |= each;
    }
    return or == 0;
  }
}
