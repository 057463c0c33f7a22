package dev.switchboard.store.encryption;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encryption at rest: AES-256-GCM, and keyed hashes for what must be found without being stored in
 * the clear. Safe for use by many threads.
 */
public final class Encryption {
  private final AesGcm values;
  private final SecretKeySpec lookupKey;

  public Encryption(MasterKey key) {
    this.values = new AesGcm(key.derive("switchboard values"));
    this.lookupKey = new SecretKeySpec(key.derive("switchboard lookups"), "HmacSHA256");
  }

  /** Encrypts a value for its place; 33 bytes longer than the value. */
  public byte[] seal(byte[] value, Place place) {
    try {
      return values.encrypt(value, place.bytes());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("encryption failed", e);
    }
  }

  /**
   * Decrypts what was sealed for this place.
   *
   * @throws KeyException when it was sealed with another key or for another place, or was altered
   */
  public byte[] open(byte[] sealed, Place place) {
    try {
      return values.decrypt(sealed, place.bytes());
    } catch (GeneralSecurityException e) {
      throw new KeyException("A stored value of '" + place.table() + "' cannot be decrypted.", e);
    }
  }

  /** 32 bytes that stand for the place: equal for equal places, meaningless without the key. */
  public byte[] lookupKey(Place place) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(lookupKey);
      return mac.doFinal(place.bytes());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
