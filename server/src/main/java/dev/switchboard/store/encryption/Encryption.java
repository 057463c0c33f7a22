package dev.switchboard.store.encryption;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encryption at rest: AES-256-GCM by Tink, and keyed hashes for what must be found without being
 * stored in the clear. Safe for use by many threads.
 */
public final class Encryption {
  private static final int KEY_ID = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  private final Aead aead;
  private final SecretKeySpec lookupKey;

  public Encryption(MasterKey key) {
    this.aead = aead(key.derive("switchboard values"));
    this.lookupKey = new SecretKeySpec(key.derive("switchboard lookups"), "HmacSHA256");
  }

  /** Encrypts a value for its place; 33 bytes longer than the value. */
  public byte[] seal(byte[] value, Place place) {
    try {
      return aead.encrypt(value, place.bytes());
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
      return aead.decrypt(sealed, place.bytes());
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

  /** Tink's own prefix names the key, so that a second key can be added one day. */
  @AccessesPartialKey
  private static Aead aead(byte[] key) {
    try {
      AeadConfig.register();
      var parameters =
          AesGcmParameters.builder()
              .setKeySizeBytes(key.length)
              .setIvSizeBytes(NONCE_BYTES)
              .setTagSizeBytes(TAG_BYTES)
              .setVariant(AesGcmParameters.Variant.TINK)
              .build();
      var aesKey =
          AesGcmKey.builder()
              .setParameters(parameters)
              .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
              .setIdRequirement(KEY_ID)
              .build();
      var entry = KeysetHandle.importKey(aesKey).withFixedId(KEY_ID).makePrimary();
      return KeysetHandle.newBuilder()
          .addEntry(entry)
          .build()
          .getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Tink lacks AES-256-GCM", e);
    }
  }
}
