package dev.switchboard.whatsapp.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-1, for the digest of published keys alone: the network chose it. */
public final class Sha1 {
  private Sha1() {}

  /** The 20-byte hash of the parts, one after the other. */
  public static byte[] hash(Iterable<byte[]> parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      parts.forEach(digest::update);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new CryptoException("no SHA-1 in this Java", e);
    }
  }
}
