package dev.switchboard.whatsapp.wire.noise;

import dev.switchboard.whatsapp.crypto.AesGcm;
import dev.switchboard.whatsapp.crypto.CryptoException;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.Hkdf;
import dev.switchboard.whatsapp.crypto.Sha256;
import dev.switchboard.whatsapp.wire.WireException;
import dev.switchboard.whatsapp.wire.frame.ClientHeader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The running hash, chaining key and cipher of a Noise handshake, for either side. */
final class NoiseState {
  private static final int KEY_BYTES = 32;
  private static final byte[] NOTHING = {};

  private byte[] hash;
  private byte[] chainingKey;
  private NoiseCipher cipher;

  private NoiseState(byte[] start) {
    this.hash = start;
    this.chainingKey = start;
    this.cipher = new NoiseCipher(start);
  }

  /** The state after the protocol's name (at most 32 ASCII characters) and the prologue. */
  static NoiseState begin(String pattern) {
    String name = "Noise_" + pattern + "_25519_AESGCM_SHA256";
    byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
    byte[] start = ascii.length > KEY_BYTES ? Sha256.hash(ascii) : Arrays.copyOf(ascii, KEY_BYTES);
    NoiseState state = new NoiseState(start);
    state.mixHash(ClientHeader.prologue());
    return state;
  }

  void mixHash(byte[] data) {
    hash = Sha256.hash(hash, data);
  }

  /** Mixes an agreement into the keys. */
  void mixAgreement(byte[] privateKey, byte[] publicKey) {
    byte[] shared;
    try {
      shared = Curve.agree(privateKey, publicKey);
    } catch (CryptoException e) {
      throw new WireException("the peer's handshake key is refused", e);
    }
    byte[] keys = Hkdf.derive(shared, chainingKey, NOTHING, 2 * KEY_BYTES);
    chainingKey = Arrays.copyOf(keys, KEY_BYTES);
    cipher = new NoiseCipher(Arrays.copyOfRange(keys, KEY_BYTES, 2 * KEY_BYTES));
  }

  byte[] encrypt(byte[] plaintext) {
    byte[] ciphertext = cipher.encrypt(hash, plaintext);
    mixHash(ciphertext);
    return ciphertext;
  }

  byte[] decrypt(byte[] ciphertext) {
    if (ciphertext.length < AesGcm.TAG_BYTES) {
      throw new WireException("a part of the handshake is missing");
    }
    try {
      byte[] plaintext = cipher.decrypt(hash, ciphertext);
      mixHash(ciphertext);
      return plaintext;
    } catch (CryptoException e) {
      throw new WireException("a part of the handshake does not decrypt", e);
    }
  }

  /** The client's end of the finished handshake: the first half is for what it sends. */
  NoiseTransport clientTransport() {
    byte[] keys = finalKeys();
    return new NoiseTransport(
        new NoiseCipher(Arrays.copyOf(keys, KEY_BYTES)),
        new NoiseCipher(Arrays.copyOfRange(keys, KEY_BYTES, 2 * KEY_BYTES)));
  }

  NoiseTransport serverTransport() {
    byte[] keys = finalKeys();
    return new NoiseTransport(
        new NoiseCipher(Arrays.copyOfRange(keys, KEY_BYTES, 2 * KEY_BYTES)),
        new NoiseCipher(Arrays.copyOf(keys, KEY_BYTES)));
  }

  private byte[] finalKeys() {
    return Hkdf.derive(NOTHING, chainingKey, NOTHING, 2 * KEY_BYTES);
  }
}
