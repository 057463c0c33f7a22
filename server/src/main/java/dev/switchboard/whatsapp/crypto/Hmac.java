package dev.switchboard.whatsapp.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC over SHA-256 and SHA-512. */
public final class Hmac {
  private Hmac() {}

  /** HMAC-SHA256 (32 bytes) of the parts, one after the other. */
  public static byte[] sha256(byte[] key, byte[]... parts) {
    return mac("HmacSHA256", key, parts);
  }

  /** HMAC-SHA512 (64 bytes) of the parts, one after the other. */
  public static byte[] sha512(byte[] key, byte[]... parts) {
    return mac("HmacSHA512", key, parts);
  }

  /** Compares two codes in a time that does not tell where they differ. */
  public static boolean matches(byte[] expected, byte[] actual) {
    return MessageDigest.isEqual(expected, actual);
  }

  private static byte[] mac(String algorithm, byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      // A key of no bytes and a key of one zero byte are the same to HMAC; Java refuses the first.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new CryptoException("cannot compute " + algorithm, e);
    }
  }
}
