package dev.switchboard.whatsapp.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CurveTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** RFC 7748, section 6.1. */
  private static final KeyPair ALICE =
      KeyPair.ofPrivate(hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"));

  private static final KeyPair BOB =
      KeyPair.ofPrivate(hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"));

  @Test
  void derivesThePublicKeysOfTheRfc() {
    assertThat(ALICE.publicKey())
        .isEqualTo(hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"));
    assertThat(BOB.publicKey())
        .isEqualTo(hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"));
  }

  @Test
  void agreesAsTheRfcSays() {
    byte[] shared = hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
    assertThat(Curve.agree(ALICE.privateKey(), BOB.publicKey())).isEqualTo(shared);
    assertThat(Curve.agree(BOB.privateKey(), ALICE.publicKey())).isEqualTo(shared);
  }

  @Test
  void refusesAnAllZeroAgreement() {
    byte[] smallOrder = new byte[32];
    assertThatThrownBy(() -> Curve.agree(ALICE.privateKey(), smallOrder))
        .isInstanceOf(CryptoException.class);
    smallOrder[0] = 1;
    assertThatThrownBy(() -> Curve.agree(ALICE.privateKey(), smallOrder))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void verifiesItsOwnSignaturesAndNoOthers() {
    for (int i = 0; i < 50; i++) {
      KeyPair pair = KeyPair.generate(RANDOM);
      byte[] message = new byte[i];
      byte[] signature = Curve.sign(pair.privateKey(), message, RANDOM);
      assertThat(Curve.verify(pair.publicKey(), message, signature)).isTrue();
      assertThat(Curve.verify(ALICE.publicKey(), message, signature)).isFalse();
      signature[i] ^= 1;
      assertThat(Curve.verify(pair.publicKey(), message, signature)).isFalse();
    }
  }

  @Test
  void takesNothingOfAWrongLengthForASignature() {
    byte[] key = ALICE.publicKey();
    assertThat(Curve.verify(key, new byte[3], new byte[63])).isFalse();
    assertThat(Curve.verify(new byte[33], new byte[3], new byte[64])).isFalse();
  }

  @Test
  void refusesKeysOfAWrongLength() {
    assertThatThrownBy(() -> Curve.publicKey(new byte[31])).isInstanceOf(CryptoException.class);
    assertThatThrownBy(() -> new KeyPair(new byte[32], new byte[33]))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void doesNotPrintThePrivateKey() {
    assertThat(ALICE.toString()).doesNotContain("77076d0a").contains("8520f009");
  }

  @Test
  void keepsItsKeysWhenAnArrayOfItIsChanged() {
    ALICE.privateKey()[0] = 0;
    assertThat(ALICE.privateKey()[0]).isEqualTo((byte) 0x77);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
