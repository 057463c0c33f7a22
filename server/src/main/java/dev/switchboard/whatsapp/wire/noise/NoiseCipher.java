package dev.switchboard.whatsapp.wire.noise;

import dev.switchboard.whatsapp.crypto.AesGcm;
import java.nio.ByteBuffer;

/** One direction's key with its counter: 8 zero bytes and the big-endian counter are the iv. */
final class NoiseCipher {
  private static final int IV_ZERO_BYTES = 8;
  private static final long COUNTER_LIMIT = 1L << 32;

  private final byte[] key;
  private long counter;

  NoiseCipher(byte[] key) {
    this.key = key.clone();
  }

  byte[] encrypt(byte[] associated, byte[] plaintext) {
    return AesGcm.encrypt(key, nextIv(), associated, plaintext);
  }

  byte[] decrypt(byte[] associated, byte[] ciphertext) {
    return AesGcm.decrypt(key, nextIv(), associated, ciphertext);
  }

  private byte[] nextIv() {
    if (counter == COUNTER_LIMIT) {
      // A second use of an iv would give the key away.
      throw new IllegalStateException("the noise counter is used up");
    }
    return ByteBuffer.allocate(AesGcm.IV_BYTES).putInt(IV_ZERO_BYTES, (int) counter++).array();
  }
}
