package dev.switchboard.whatsapp.wire.noise;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.proto.CertChain;
import dev.switchboard.whatsapp.proto.CertChain.NoiseCertificate;
import dev.switchboard.whatsapp.wire.noise.CertificateRefusedException.Refusal;
import java.time.Instant;
import java.util.Arrays;

/**
 * Verifies the chain that a server sends inside the handshake: the root key signed the
 * intermediate's details, the intermediate's key the leaf's, the serials link up, the leaf is for
 * the server's static key, and both are valid now. Read in public sources.
 */
public final class CertificateChain {
  /** The serial that the root has. */
  static final int ROOT_SERIAL = 0;

  private CertificateChain() {}

  /**
   * Checks all of it.
   *
   * @param serverStatic the key that the handshake was made with
   * @throws CertificateRefusedException on the first check that fails
   */
  public static void verify(byte[] chain, byte[] rootKey, byte[] serverStatic, Instant now) {
    try {
      CertChain parsed = CertChain.parseFrom(chain);
      verify(parsed.getIntermediate(), parsed.getLeaf(), rootKey, serverStatic, now);
    } catch (InvalidProtocolBufferException _) {
      throw new CertificateRefusedException(Refusal.MALFORMED);
    }
  }

  private static void verify(
      NoiseCertificate intermediate,
      NoiseCertificate leaf,
      byte[] rootKey,
      byte[] serverStatic,
      Instant now)
      throws InvalidProtocolBufferException {
    requireParts(intermediate);
    requireParts(leaf);
    // Signatures first: nothing of the details counts before it is known who wrote them.
    requireSignature(rootKey, intermediate, Refusal.INTERMEDIATE_SIGNATURE);
    var issuer = NoiseCertificate.Details.parseFrom(intermediate.getDetails());
    require(issuer.getKey().size() == Curve.KEY_BYTES, Refusal.MALFORMED);
    requireSignature(issuer.getKey().toByteArray(), leaf, Refusal.LEAF_SIGNATURE);
    var holder = NoiseCertificate.Details.parseFrom(leaf.getDetails());
    require(issuer.getIssuerSerial() == ROOT_SERIAL, Refusal.ISSUER_SERIAL);
    require(holder.getIssuerSerial() == issuer.getSerial(), Refusal.ISSUER_SERIAL);
    require(Arrays.equals(holder.getKey().toByteArray(), serverStatic), Refusal.LEAF_KEY);
    requireValid(issuer, now);
    requireValid(holder, now);
  }

  private static void requireParts(NoiseCertificate certificate) {
    require(!certificate.getDetails().isEmpty(), Refusal.MALFORMED);
    require(certificate.getSignature().size() == Curve.SIGNATURE_BYTES, Refusal.MALFORMED);
  }

  private static void requireSignature(byte[] key, NoiseCertificate signed, Refusal refusal) {
    ByteString signature = signed.getSignature();
    require(Curve.verify(key, signed.getDetails().toByteArray(), signature.toByteArray()), refusal);
  }

  /** A date that the issuer left out bounds nothing: nobody else can take it away. */
  private static void requireValid(NoiseCertificate.Details details, Instant now) {
    long seconds = now.getEpochSecond();
    boolean begun =
        !details.hasNotBefore() || Long.compareUnsigned(details.getNotBefore(), seconds) <= 0;
    boolean lasts =
        !details.hasNotAfter() || Long.compareUnsigned(details.getNotAfter(), seconds) >= 0;
    require(begun, Refusal.NOT_YET_VALID);
    require(lasts, Refusal.EXPIRED);
  }

  private static void require(boolean condition, Refusal refusal) {
    if (!condition) {
      throw new CertificateRefusedException(refusal);
    }
  }
}
