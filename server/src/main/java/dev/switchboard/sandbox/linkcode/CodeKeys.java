package dev.switchboard.sandbox.linkcode;

import dev.switchboard.whatsapp.crypto.AesCtr;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.Pbkdf2;
import java.util.Arrays;

/** Keys under a typed code: salt, iv, and the key in AES-CTR. */
final class CodeKeys {
  static final int SALT_BYTES = 32;
  static final int WRAPPED_BYTES = 80;
  private static final int IV_END = SALT_BYTES + AesCtr.IV_BYTES;
  private static final int ITERATIONS = 131_072;

  private CodeKeys() {}

  /** What the client wrapped, or noise if it was under another code. */
  static byte[] unwrapped(TypedCode code, byte[] wrapped) {
    byte[] iv = Arrays.copyOfRange(wrapped, SALT_BYTES, IV_END);
    byte[] hidden = Arrays.copyOfRange(wrapped, IV_END, WRAPPED_BYTES);
    return AesCtr.decrypt(key(code, Arrays.copyOf(wrapped, SALT_BYTES)), iv, hidden);
  }

  /**
   * The key under the code.
   *
   * @param noise 48 random bytes
   */
  static byte[] wrapped(TypedCode code, byte[] publicKey, byte[] noise) {
    byte[] iv = Arrays.copyOfRange(noise, SALT_BYTES, IV_END);
    byte[] wrapped = Arrays.copyOf(noise, WRAPPED_BYTES);
    byte[] hidden = AesCtr.encrypt(key(code, Arrays.copyOf(noise, SALT_BYTES)), iv, publicKey);
    System.arraycopy(hidden, 0, wrapped, IV_END, Curve.KEY_BYTES);
    return wrapped;
  }

  private static byte[] key(TypedCode code, byte[] salt) {
    return Pbkdf2.sha256(code.characters(), salt, ITERATIONS, 32);
  }
}
