package dev.switchboard.store.encryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** 256 random bits, from which every other key of the store is derived. */
public final class MasterKey {
  static final int BYTES = 32;

  private final byte[] bytes;

  private MasterKey(byte[] bytes) {
    this.bytes = bytes;
  }

  public static MasterKey random(SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new MasterKey(bytes);
  }

  /**
   * Reads a key as it is written down.
   *
   * @param origin where it comes from, for the message
   * @throws KeyException when it is not the base64 of 32 bytes
   */
  static MasterKey parse(String base64, String origin) {
    try {
      var bytes = Base64.getDecoder().decode(base64.strip());
      if (bytes.length == BYTES) {
        return new MasterKey(bytes);
      }
    } catch (IllegalArgumentException e) {
      // Said below; the exception would quote the key.
    }
    throw new KeyException("The master key of " + origin + " is not the base64 of 32 bytes.");
  }

  String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** A key for one purpose, by HKDF-SHA-256. */
  byte[] derive(String purpose) {
    try {
      var parameters =
          HKDFParameterSpec.ofExtract()
              .addIKM(bytes)
              .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), BYTES);
      return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK 25 has HKDF-SHA256", e);
    }
  }

  /** Hides the key. */
  @Override
  public String toString() {
    return "MasterKey";
  }
}
