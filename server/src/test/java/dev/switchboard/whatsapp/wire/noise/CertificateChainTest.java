package dev.switchboard.whatsapp.wire.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.proto.CertChain;
import dev.switchboard.whatsapp.proto.CertChain.NoiseCertificate;
import dev.switchboard.whatsapp.wire.noise.CertificateRefusedException.Refusal;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CertificateChainTest {
  private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

  private final SecureRandom random = new SecureRandom();
  private final KeyPair root = KeyPair.generate(random);
  private final KeyPair intermediate = KeyPair.generate(random);
  private final byte[] server = KeyPair.generate(random).publicKey();

  @Test
  void acceptsWhatTheAuthorityIssues() {
    byte[] chain = new CertificateAuthority(root, random).issue(server, NOW, NOW);
    assertThatCode(() -> CertificateChain.verify(chain, root.publicKey(), server, NOW))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesSerialsThatDoNotLinkUp() {
    assertRefused(chain(1, 1, 1), Refusal.ISSUER_SERIAL);
    assertRefused(chain(1, 0, 2), Refusal.ISSUER_SERIAL);
    assertThatCode(() -> verify(chain(7, 0, 7))).doesNotThrowAnyException();
  }

  @Test
  void refusesALeafThatTheIntermediateDidNotSign() throws InvalidProtocolBufferException {
    CertChain first = CertChain.parseFrom(chain(1, 0, 1));
    byte[] key = KeyPair.generate(random).privateKey();
    NoiseCertificate forged =
        first.getLeaf().toBuilder()
            .setSignature(
                ByteString.copyFrom(
                    Curve.sign(key, first.getLeaf().getDetails().toByteArray(), random)))
            .build();
    assertRefused(first.toBuilder().setLeaf(forged).build().toByteArray(), Refusal.LEAF_SIGNATURE);
  }

  @Test
  void refusesAChainWithoutAPart() throws InvalidProtocolBufferException {
    CertChain whole = CertChain.parseFrom(chain(1, 0, 1));
    assertRefused(whole.toBuilder().clearLeaf().build().toByteArray(), Refusal.MALFORMED);
    assertRefused(whole.toBuilder().clearIntermediate().build().toByteArray(), Refusal.MALFORMED);
    assertRefused(new byte[0], Refusal.MALFORMED);
    assertRefused(new byte[] {1, 2, 3}, Refusal.MALFORMED);
  }

  @Test
  void refusesAnyChangedByte() {
    byte[] chain = chain(1, 0, 1);
    int refused = 0;
    for (int i = 0; i < chain.length; i++) {
      byte[] changed = chain.clone();
      changed[i] ^= 1;
      try {
        verify(changed);
      } catch (CertificateRefusedException _) {
        refused++;
      }
    }
    assertThat(refused).isEqualTo(chain.length);
  }

  private void assertRefused(byte[] chain, Refusal refusal) {
    assertThatThrownBy(() -> verify(chain))
        .isInstanceOfSatisfying(
            CertificateRefusedException.class,
            refused -> assertThat(refused.refusal()).isEqualTo(refusal));
  }

  private void verify(byte[] chain) {
    CertificateChain.verify(chain, root.publicKey(), server, NOW);
  }

  private byte[] chain(int serial, int issuerSerial, int leafIssuerSerial) {
    return CertChain.newBuilder()
        .setIntermediate(signed(root, serial, issuerSerial, intermediate.publicKey()))
        .setLeaf(signed(intermediate, 99, leafIssuerSerial, server))
        .build()
        .toByteArray();
  }

  private NoiseCertificate signed(KeyPair issuer, int serial, int issuerSerial, byte[] key) {
    byte[] details =
        NoiseCertificate.Details.newBuilder()
            .setSerial(serial)
            .setIssuerSerial(issuerSerial)
            .setKey(ByteString.copyFrom(key))
            .build()
            .toByteArray();
    return NoiseCertificate.newBuilder()
        .setDetails(ByteString.copyFrom(details))
        .setSignature(ByteString.copyFrom(Curve.sign(issuer.privateKey(), details, random)))
        .build();
  }
}
