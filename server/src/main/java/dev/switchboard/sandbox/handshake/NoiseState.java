package dev.switchboard.sandbox.handshake;

import dev.switchboard.whatsapp.crypto.AesGcm;
import dev.switchboard.whatsapp.crypto.Hkdf;
import dev.switchboard.whatsapp.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The symmetric state of a Noise handshake (The Noise Protocol Framework, revision 34, 5.2). */
final class NoiseState {
  private static final byte[] NOTHING = new byte[0];

  private byte[] hash;
  private byte[] chainingKey;
  private byte[] key;
  private int counter;

  /** Starts with the protocol's name, which is filled up with zeros to 32 bytes. */
  NoiseState(String protocol, byte[] prologue) {
    hash = Arrays.copyOf(protocol.getBytes(StandardCharsets.US_ASCII), 32);
    chainingKey = hash;
    key = hash;
    mixHash(prologue);
  }

  void mixHash(byte[] data) {
    hash = Sha256.hash(hash, data);
  }

  void mixKey(byte[] secret) {
    byte[] derived = Hkdf.derive(secret, chainingKey, NOTHING, 64);
    chainingKey = Arrays.copyOf(derived, 32);
    key = Arrays.copyOfRange(derived, 32, 64);
    counter = 0;
  }

  byte[] encrypt(byte[] plaintext) {
    byte[] ciphertext = AesGcm.encrypt(key, FrameCipher.iv(counter++), hash, plaintext);
    mixHash(ciphertext);
    return ciphertext;
  }

  byte[] decrypt(byte[] ciphertext) {
    byte[] plaintext = AesGcm.decrypt(key, FrameCipher.iv(counter++), hash, ciphertext);
    mixHash(ciphertext);
    return plaintext;
  }

  /** The ciphers of both directions, the client's writing key first. */
  FrameCipher split() {
    byte[] derived = Hkdf.derive(NOTHING, chainingKey, NOTHING, 64);
    return new FrameCipher(Arrays.copyOf(derived, 32), Arrays.copyOfRange(derived, 32, 64));
  }
}
