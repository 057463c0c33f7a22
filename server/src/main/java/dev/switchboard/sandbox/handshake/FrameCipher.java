package dev.switchboard.sandbox.handshake;

import dev.switchboard.whatsapp.crypto.AesGcm;
import java.nio.ByteBuffer;

/** Encrypts and decrypts frames after the handshake; one thread per direction. */
public final class FrameCipher {
  private static final byte[] NO_ASSOCIATED_DATA = new byte[0];

  private final byte[] readKey;
  private final byte[] writeKey;
  private int read;
  private int written;

  FrameCipher(byte[] readKey, byte[] writeKey) {
    this.readKey = readKey;
    this.writeKey = writeKey;
  }

  public byte[] decrypt(byte[] frame) {
    return AesGcm.decrypt(readKey, iv(read++), NO_ASSOCIATED_DATA, frame);
  }

  public byte[] encrypt(byte[] plaintext) {
    return AesGcm.encrypt(writeKey, iv(written++), NO_ASSOCIATED_DATA, plaintext);
  }

  /** Eight zero bytes and the counter (measured with independent clients). */
  static byte[] iv(int counter) {
    return ByteBuffer.allocate(AesGcm.IV_BYTES).putLong(0).putInt(counter).array();
  }
}
