package dev.switchboard.whatsapp.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** PBKDF2 with HMAC-SHA256. Slow on purpose: never on an event loop, and never under a lock. */
public final class Pbkdf2 {
  private Pbkdf2() {}

  /**
   * Derives a key.
   *
   * @param password not empty; its UTF-8 is what counts
   * @param salt not empty
   */
  public static byte[] sha256(String password, byte[] salt, int iterations, int length) {
    PBEKeySpec parameters =
        new PBEKeySpec(password.toCharArray(), salt, iterations, length * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(parameters)
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new CryptoException("cannot derive a key by PBKDF2", e);
    } finally {
      parameters.clearPassword();
    }
  }
}
