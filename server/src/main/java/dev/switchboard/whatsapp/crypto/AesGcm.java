package dev.switchboard.whatsapp.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** AES-256-GCM with a 16-byte tag behind the ciphertext. Safe for use by many threads. */
public final class AesGcm {
  public static final int TAG_BYTES = 16;
  public static final int IV_BYTES = 12;

  /** To make one for each frame takes longer than the frame does. */
  private static final int MOST_KEPT = 16;

  private static final AtomicReferenceArray<@Nullable Cipher> KEPT =
      new AtomicReferenceArray<>(MOST_KEPT);

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
      var secret = new SecretKeySpec(key, "AES");
      var parameters = new GCMParameterSpec(TAG_BYTES * 8, iv);
      Cipher cipher = begun(mode, secret, parameters);
      cipher.updateAAD(associated);
      byte[] output = cipher.doFinal(input);
      keep(cipher); // Only after a success: what failed may be in any state.
      return output;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new CryptoException("AES-GCM failed", e);
    }
  }

  /** One that just encrypted with this key and iv refuses to begin so again; another does not. */
  private static Cipher begun(int mode, SecretKeySpec key, GCMParameterSpec parameters)
      throws GeneralSecurityException {
    Cipher kept = KEPT.getAndSet(place(), null);
    if (kept != null) {
      try {
        kept.init(mode, key, parameters);
        return kept;
      } catch (InvalidAlgorithmParameterException e) {
        // As for a new one, if the parameters are at fault.
      }
    }
    Cipher made = Cipher.getInstance("AES/GCM/NoPadding");
    made.init(mode, key, parameters);
    return made;
  }

  private static void keep(Cipher cipher) {
    KEPT.set(place(), cipher);
  }

  /** Threads spread over all places; none of them waits for another. */
  private static int place() {
    return Math.floorMod(Long.hashCode(Thread.currentThread().threadId()), MOST_KEPT);
  }
}
