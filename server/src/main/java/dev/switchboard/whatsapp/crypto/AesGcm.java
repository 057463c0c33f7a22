package dev.switchboard.whatsapp.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with a 16-byte tag behind the ciphertext. */
public final class AesGcm {
  public static final int TAG_BYTES = 16;
  public static final int IV_BYTES = 12;

  private AesGcm() {}

  /** Ciphertext and tag. The caller sees to it that no iv is used twice with a key. */
  public static byte[] encrypt(byte[] key, byte[] iv, byte[] associated, byte[] plaintext) {
    return run(Cipher.ENCRYPT_MODE, key, iv, associated, plaintext);
  }

  /**
   * The plaintext.
   *
   * @throws CryptoException if the tag does not match
   */
  public static byte[] decrypt(byte[] key, byte[] iv, byte[] associated, byte[] ciphertext) {
    return run(Cipher.DECRYPT_MODE, key, iv, associated, ciphertext);
  }

  private static byte[] run(int mode, byte[] key, byte[] iv, byte[] associated, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BYTES * 8, iv));
      cipher.updateAAD(associated);
      return cipher.doFinal(input);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new CryptoException("AES-GCM failed", e);
    }
  }
}
