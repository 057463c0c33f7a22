package dev.switchboard.whatsapp.wire.noise;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.proto.CertChain;
import dev.switchboard.whatsapp.proto.CertChain.NoiseCertificate;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * Issues certificate chains as WhatsApp's root does, for a network of our own.
 *
 * <p>Keep {@link #rootKeys()} to issue for the same root again: clients are configured with it.
 */
public final class CertificateAuthority {
  private static final int INTERMEDIATE_SERIAL = 1;
  private static final int LEAF_SERIAL = 2;

  private final KeyPair rootKeys;
  private final SecureRandom random;

  /** An authority with stored keys. */
  public CertificateAuthority(KeyPair rootKeys, SecureRandom random) {
    this.rootKeys = rootKeys;
    this.random = random;
  }

  /** A new authority. */
  public static CertificateAuthority generate(SecureRandom random) {
    return new CertificateAuthority(KeyPair.generate(random), random);
  }

  public KeyPair rootKeys() {
    return rootKeys;
  }

  /** What clients have to be configured with, 32 bytes. */
  public byte[] rootPublicKey() {
    return rootKeys.publicKey();
  }

  /**
   * A chain for a server's static key.
   *
   * @return a serialized CertChain
   */
  public byte[] issue(byte[] serverStatic, Instant notBefore, Instant notAfter) {
    KeyPair intermediate = KeyPair.generate(random);
    return CertChain.newBuilder()
        .setIntermediate(
            signed(
                rootKeys,
                details(INTERMEDIATE_SERIAL, intermediate.publicKey(), notBefore, notAfter)
                    .setIssuerSerial(CertificateChain.ROOT_SERIAL)))
        .setLeaf(
            signed(
                intermediate,
                details(LEAF_SERIAL, serverStatic, notBefore, notAfter)
                    .setIssuerSerial(INTERMEDIATE_SERIAL)))
        .build()
        .toByteArray();
  }

  private static NoiseCertificate.Details.Builder details(
      int serial, byte[] key, Instant notBefore, Instant notAfter) {
    return NoiseCertificate.Details.newBuilder()
        .setSerial(serial)
        .setKey(ByteString.copyFrom(key))
        .setNotBefore(notBefore.getEpochSecond())
        .setNotAfter(notAfter.getEpochSecond());
  }

  private NoiseCertificate signed(KeyPair issuer, NoiseCertificate.Details.Builder details) {
    byte[] bytes = details.build().toByteArray();
    return NoiseCertificate.newBuilder()
        .setDetails(ByteString.copyFrom(bytes))
        .setSignature(ByteString.copyFrom(Curve.sign(issuer.privateKey(), bytes, random)))
        .build();
  }
}
