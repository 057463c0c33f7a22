package dev.switchboard.whatsapp.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-CBC with PKCS#7 padding. */
public final class AesCbc {
  public static final int IV_BYTES = 16;

  private AesCbc() {}

  /** The ciphertext, without the iv. */
  public static byte[] encrypt(byte[] key, byte[] iv, byte[] plaintext) {
    return run(Cipher.ENCRYPT_MODE, key, iv, plaintext);
  }

  /** The plaintext. A wrong padding is a {@link CryptoException}; check a MAC first, always. */
  public static byte[] decrypt(byte[] key, byte[] iv, byte[] ciphertext) {
    return run(Cipher.DECRYPT_MODE, key, iv, ciphertext);
  }

  private static byte[] run(int mode, byte[] key, byte[] iv, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new CryptoException("AES-CBC failed", e);
    }
  }
}
