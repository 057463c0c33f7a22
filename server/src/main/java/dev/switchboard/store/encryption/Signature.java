package dev.switchboard.store.encryption;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what is given out and comes back, by HMAC-SHA-256 under a key for one purpose. Safe for use
 * by many threads.
 */
public final class Signature {
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac keyed;

  /**
   * @param purpose for which nothing else is signed
   */
  public Signature(Encryption encryption, String purpose) {
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(
          new SecretKeySpec(encryption.lookupKey(Place.of("signature", purpose)), ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** 32 bytes that nobody can make without the key. */
  public byte[] of(byte[] said) {
    try {
      return ((Mac) keyed.clone()).doFinal(said);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's " + ALGORITHM + " can be cloned", e);
    }
  }
}
