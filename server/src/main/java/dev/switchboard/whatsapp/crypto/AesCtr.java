package dev.switchboard.whatsapp.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-CTR; it authenticates nothing. */
public final class AesCtr {
  public static final int IV_BYTES = 16;

  private AesCtr() {}

  /** The ciphertext, without the iv. */
  public static byte[] encrypt(byte[] key, byte[] iv, byte[] plaintext) {
    return run(Cipher.ENCRYPT_MODE, key, iv, plaintext);
  }

  /** The plaintext. */
  public static byte[] decrypt(byte[] key, byte[] iv, byte[] ciphertext) {
    return run(Cipher.DECRYPT_MODE, key, iv, ciphertext);
  }

  private static byte[] run(int mode, byte[] key, byte[] iv, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new CryptoException("AES-CTR failed", e);
    }
  }
}
