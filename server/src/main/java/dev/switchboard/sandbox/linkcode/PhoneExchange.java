package dev.switchboard.sandbox.linkcode;

import dev.switchboard.whatsapp.crypto.AesCtr;
import dev.switchboard.whatsapp.crypto.AesGcm;
import dev.switchboard.whatsapp.crypto.CryptoException;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.Hkdf;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.wire.Node;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The phone's half of the agreement, after a person typed a code. */
public final class PhoneExchange {
  private static final int PLAIN_BYTES = 3 * Curve.KEY_BYTES;
  private static final int IV_AT = CodeKeys.SALT_BYTES;
  private static final int SEALED_AT = IV_AT + AesGcm.IV_BYTES;

  private final KeyPair identity;
  private final KeyPair ephemeral;
  private final byte[] companion;
  private final byte[] wrapped;

  private PhoneExchange(KeyPair identity, KeyPair ephemeral, byte[] companion, byte[] wrapped) {
    this.identity = identity;
    this.ephemeral = ephemeral;
    this.companion = companion;
    this.wrapped = wrapped;
  }

  /**
   * Begins; computes for a while, so not under a lock.
   *
   * @param hello what the client sent, 80 bytes wrapped
   */
  public static PhoneExchange begin(
      TypedCode code, CompanionHello hello, KeyPair identity, SecureRandom random) {
    KeyPair ephemeral = KeyPair.generate(random);
    byte[] noise = new byte[CodeKeys.SALT_BYTES + AesCtr.IV_BYTES];
    random.nextBytes(noise);
    return new PhoneExchange(
        identity,
        ephemeral,
        CodeKeys.unwrapped(code, hello.wrapped()),
        CodeKeys.wrapped(code, ephemeral.publicKey(), noise));
  }

  /** What the client is told. */
  public Node primaryHello(byte[] reference) {
    return Node.of(
        "link_code_companion_reg",
        Map.of("stage", "primary_hello"),
        Node.of("link_code_pairing_wrapped_primary_ephemeral_pub", wrapped),
        Node.of("primary_identity_pub", identity.publicKey()),
        Node.of("link_code_pairing_ref", reference));
  }

  /** What the client sealed for this phone; empty when the code was not the client's. */
  public Optional<Opened> open(byte[] bundle) {
    try {
      byte[] shared = Curve.agree(ephemeral.privateKey(), companion);
      byte[] key =
          Hkdf.derive(
              shared,
              Arrays.copyOf(bundle, IV_AT),
              ascii("link_code_pairing_key_bundle_encryption_key"),
              32);
      byte[] iv = Arrays.copyOfRange(bundle, IV_AT, SEALED_AT);
      byte[] sealed = Arrays.copyOfRange(bundle, SEALED_AT, bundle.length);
      byte[] plain = AesGcm.decrypt(key, iv, new byte[0], sealed);
      return plain.length == PLAIN_BYTES ? Optional.of(opened(shared, plain)) : Optional.empty();
    } catch (CryptoException e) {
      return Optional.empty();
    }
  }

  private Opened opened(byte[] shared, byte[] plain) {
    return new Opened(
        shared,
        Arrays.copyOf(plain, 32),
        Arrays.copyOfRange(plain, 32, 64),
        Arrays.copyOfRange(plain, 64, PLAIN_BYTES));
  }

  /**
   * The secret the phone seals its word with; empty when the client meant other identities than
   * these two.
   *
   * @param companionIdentity as the client registered
   */
  public Optional<byte[]> secret(Opened opened, byte[] companionIdentity) {
    boolean meant =
        Arrays.equals(opened.companionIdentity(), companionIdentity)
            && Arrays.equals(opened.phoneIdentity(), identity.publicKey());
    try {
      return meant ? Optional.of(derive(opened)) : Optional.empty();
    } catch (CryptoException e) { // An identity that leads to no agreement.
      return Optional.empty();
    }
  }

  private byte[] derive(Opened opened) {
    byte[] identities = Curve.agree(identity.privateKey(), opened.companionIdentity());
    byte[] input = Arrays.copyOf(opened.shared(), 96);
    System.arraycopy(identities, 0, input, 32, 32);
    System.arraycopy(opened.fresh(), 0, input, 64, 32);
    return Hkdf.derive(input, new byte[0], ascii("adv_secret"), 32);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A client's bundle in the clear. */
  @SuppressWarnings("ArrayRecordComponent") // never changed and never compared
  public record Opened(
      byte[] shared, byte[] companionIdentity, byte[] phoneIdentity, byte[] fresh) {
    /** Names no key. */
    @Override
    public String toString() {
      return "Opened[…]";
    }
  }
}
