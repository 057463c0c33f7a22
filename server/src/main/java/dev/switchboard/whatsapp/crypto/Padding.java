package dev.switchboard.whatsapp.crypto;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Hides the exact length of a plaintext: n bytes of value n follow it, n random in 1 to 16
 * (measured with independent clients).
 */
public final class Padding {
  private static final int MAX_BYTES = 16;

  private Padding() {}

  public static byte[] add(byte[] plaintext, RandomGenerator random) {
    int count = random.nextInt(1, MAX_BYTES + 1);
    byte[] padded = Arrays.copyOf(plaintext, plaintext.length + count);
    Arrays.fill(padded, plaintext.length, padded.length, (byte) count);
    return padded;
  }

  /**
   * The plaintext alone. Only the last byte is looked at, as other clients do: it may count up to
   * 255.
   *
   * @throws CryptoException if that count is 0 or greater than the length
   */
  public static byte[] remove(byte[] padded) {
    int count = padded.length == 0 ? 0 : Byte.toUnsignedInt(padded[padded.length - 1]);
    if (count == 0 || count > padded.length) {
      throw new CryptoException("padding of " + count + " in " + padded.length + " bytes");
    }
    return Arrays.copyOf(padded, padded.length - count);
  }
}
