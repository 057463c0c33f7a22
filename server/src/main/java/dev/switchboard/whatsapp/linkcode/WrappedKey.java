package dev.switchboard.whatsapp.linkcode;

import dev.switchboard.whatsapp.crypto.AesCtr;
import dev.switchboard.whatsapp.crypto.CryptoException;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.Pbkdf2;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * A public key under a code: salt, iv and AES-256-CTR under what PBKDF2 makes of the code (measured
 * with independent clients). Nothing authenticates it: a wrong code gives a wrong key, not an
 * error.
 */
final class WrappedKey {
  static final int SALT_BYTES = 32;
  static final int BYTES = SALT_BYTES + AesCtr.IV_BYTES + Curve.KEY_BYTES;
  private static final int ITERATIONS = 1 << 17;
  private static final int KEY_BYTES = 32;

  private WrappedKey() {}

  static byte[] wrap(LinkCode code, byte[] publicKey, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    byte[] iv = new byte[AesCtr.IV_BYTES];
    random.nextBytes(salt);
    random.nextBytes(iv);
    return ByteBuffer.allocate(BYTES)
        .put(salt)
        .put(iv)
        .put(AesCtr.encrypt(key(code, salt), iv, publicKey))
        .array();
  }

  /**
   * The public key, if the code is the right one.
   *
   * @throws CryptoException if the length is wrong
   */
  static byte[] unwrap(LinkCode code, byte[] wrapped) {
    if (wrapped.length != BYTES) {
      throw new CryptoException("a wrapped key of " + wrapped.length + " bytes");
    }
    byte[] salt = new byte[SALT_BYTES];
    byte[] iv = new byte[AesCtr.IV_BYTES];
    byte[] publicKey = new byte[Curve.KEY_BYTES];
    ByteBuffer.wrap(wrapped).get(salt).get(iv).get(publicKey);
    return AesCtr.decrypt(key(code, salt), iv, publicKey);
  }

  private static byte[] key(LinkCode code, byte[] salt) {
    return Pbkdf2.sha256(code.characters(), salt, ITERATIONS, KEY_BYTES);
  }
}
