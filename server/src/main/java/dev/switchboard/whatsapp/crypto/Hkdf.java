package dev.switchboard.whatsapp.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** HKDF-SHA256 (RFC 5869). */
public final class Hkdf {
  private Hkdf() {}

  /**
   * Extract and expand.
   *
   * @param salt empty for none, which RFC 5869 reads as 32 zero bytes
   * @param length bytes wanted, 1 to 8160
   */
  public static byte[] derive(byte[] input, byte[] salt, byte[] info, int length) {
    try {
      HKDFParameterSpec parameters =
          HKDFParameterSpec.ofExtract().addIKM(input).addSalt(salt).thenExpand(info, length);
      return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new CryptoException("cannot derive " + length + " bytes by HKDF", e);
    }
  }
}
