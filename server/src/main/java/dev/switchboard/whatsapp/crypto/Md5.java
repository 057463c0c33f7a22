package dev.switchboard.whatsapp.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** MD5, where the network names things by it; it protects nothing. */
public final class Md5 {
  private Md5() {}

  /** The 16-byte hash. */
  public static byte[] hash(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new CryptoException("no MD5 in this Java", e);
    }
  }
}
