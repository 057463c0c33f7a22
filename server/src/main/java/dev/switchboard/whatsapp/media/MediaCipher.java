package dev.switchboard.whatsapp.media;

import dev.switchboard.whatsapp.crypto.AesCbc;
import dev.switchboard.whatsapp.crypto.CryptoException;
import dev.switchboard.whatsapp.crypto.Hkdf;
import dev.switchboard.whatsapp.crypto.Hmac;
import dev.switchboard.whatsapp.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Opens media: ciphertext and the first 10 bytes of the HMAC over iv and ciphertext, under keys
 * that are derived from the media key (measured with independent clients).
 */
final class MediaCipher {
  static final int KEY_BYTES = 32;
  private static final int DERIVED_BYTES = 112;
  private static final int CIPHER_KEY_END = AesCbc.IV_BYTES + 32;
  private static final int MAC_KEY_END = CIPHER_KEY_END + 32;
  private static final int MAC_BYTES = 10;

  private MediaCipher() {}

  /**
   * The content of the bytes that lie at the reference.
   *
   * @throws MediaException DAMAGED when any of the hashes or the MAC is wrong
   */
  static byte[] open(MediaReference reference, byte[] sealed) {
    check(reference.encryptedHash().toByteArray(), Sha256.hash(sealed), "hash");
    if (sealed.length <= MAC_BYTES) {
      throw new MediaException(MediaFault.DAMAGED, "length");
    }
    byte[] keys =
        Hkdf.derive(
            reference.key().toByteArray(),
            new byte[0],
            reference.kind().keyInfo().getBytes(StandardCharsets.US_ASCII),
            DERIVED_BYTES);
    byte[] iv = Arrays.copyOf(keys, AesCbc.IV_BYTES);
    byte[] ciphertext = Arrays.copyOf(sealed, sealed.length - MAC_BYTES);
    byte[] macKey = Arrays.copyOfRange(keys, CIPHER_KEY_END, MAC_KEY_END);
    byte[] mac = Arrays.copyOf(Hmac.sha256(macKey, iv, ciphertext), MAC_BYTES);
    check(mac, Arrays.copyOfRange(sealed, ciphertext.length, sealed.length), "MAC");
    byte[] plain =
        decrypt(Arrays.copyOfRange(keys, AesCbc.IV_BYTES, CIPHER_KEY_END), iv, ciphertext);
    if (!reference.plainHash().isEmpty()) {
      check(reference.plainHash().toByteArray(), Sha256.hash(plain), "hash of the content");
    }
    return plain;
  }

  private static byte[] decrypt(byte[] key, byte[] iv, byte[] ciphertext) {
    try {
      return AesCbc.decrypt(key, iv, ciphertext);
    } catch (CryptoException e) {
      throw new MediaException(MediaFault.DAMAGED, "padding");
    }
  }

  private static void check(byte[] expected, byte[] actual, String what) {
    if (!Hmac.matches(expected, actual)) {
      throw new MediaException(MediaFault.DAMAGED, what);
    }
  }
}
