package dev.switchboard.whatsapp.wire.noise;

import dev.switchboard.whatsapp.crypto.CryptoException;
import dev.switchboard.whatsapp.wire.WireException;

/**
 * Encrypts and decrypts the frames after the handshake. Frames count: each must be encrypted in the
 * order in which it is sent and decrypted in the order in which it came. Sending and receiving may
 * be two threads, but each of them only one.
 */
public final class NoiseTransport {
  private static final byte[] NOTHING = {};

  private final NoiseCipher sending;
  private final NoiseCipher receiving;

  NoiseTransport(NoiseCipher sending, NoiseCipher receiving) {
    this.sending = sending;
    this.receiving = receiving;
  }

  public byte[] encrypt(byte[] plaintext) {
    return sending.encrypt(NOTHING, plaintext);
  }

  /**
   * The plaintext of the next frame.
   *
   * @throws WireException if it was changed, lost or repeated on the way; the connection is over
   */
  public byte[] decrypt(byte[] frame) {
    try {
      return receiving.decrypt(NOTHING, frame);
    } catch (CryptoException e) {
      throw new WireException("a frame does not decrypt", e);
    }
  }
}
