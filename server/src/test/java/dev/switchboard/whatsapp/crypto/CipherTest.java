package dev.switchboard.whatsapp.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Known answers of the RFCs and of NIST. */
class CipherTest {
  private static final byte[] NIST_KEY =
      hex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
  private static final byte[] NIST_BLOCK = hex("6bc1bee22e409f96e93d7e117393172a");

  @Test
  void hashesAsFips180Says() {
    assertThat(Sha256.hash(utf8("a"), utf8("bc")))
        .isEqualTo(hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
  }

  @Test
  void authenticatesAsRfc4231Says() {
    byte[] key = utf8("Jefe");
    byte[] data = utf8("what do ya want for nothing?");
    assertThat(Hmac.sha256(key, data))
        .isEqualTo(hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    assertThat(Hmac.sha512(key, data))
        .startsWith(hex("164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"));
  }

  @Test
  void acceptsAnEmptyHmacKey() {
    assertThat(Hmac.sha256(new byte[0]))
        .isEqualTo(hex("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"));
  }

  @Test
  void derivesAsRfc5869Says() {
    byte[] input = hex("0b".repeat(22));
    assertThat(
            Hkdf.derive(input, hex("000102030405060708090a0b0c"), hex("f0f1f2f3f4f5f6f7f8f9"), 42))
        .isEqualTo(
            hex(
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
                    + "34007208d5b887185865"));
    assertThat(Hkdf.derive(input, new byte[0], new byte[0], 42))
        .isEqualTo(
            hex(
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
                    + "9d201395faa4b61a96c8"));
  }

  @Test
  void derivesFromNothing() {
    byte[] none = new byte[0];
    assertThat(Hkdf.derive(none, none, none, 32))
        .isEqualTo(hex("eb70f01dede9afafa449eee1b1286504e1f62388b3f7dd4f956697b0e828fe18"));
  }

  @Test
  void encryptsByGcmAsItsSpecificationSays() {
    byte[] zeroKey = new byte[32];
    byte[] iv = new byte[12];
    byte[] expected = hex("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
    byte[] plain = new byte[16];
    assertThat(AesGcm.encrypt(zeroKey, iv, new byte[0], plain)).isEqualTo(expected);
    assertThat(AesGcm.decrypt(zeroKey, iv, new byte[0], expected)).isEqualTo(plain);
  }

  @Test
  void encryptsTheSameByGcmAgainAndAfterAFailure() {
    byte[] key = new byte[32];
    byte[] iv = new byte[12];
    byte[] first = AesGcm.encrypt(key, iv, utf8("a"), utf8("text"));
    assertThat(AesGcm.encrypt(key, iv, utf8("a"), utf8("text"))).isEqualTo(first);
    assertThatThrownBy(() -> AesGcm.decrypt(key, iv, utf8("b"), first))
        .isInstanceOf(CryptoException.class);
    assertThat(AesGcm.decrypt(key, iv, utf8("a"), first)).isEqualTo(utf8("text"));
  }

  @Test
  void encryptsByGcmOnManyThreadsAtOnce() {
    IntStream.range(0, 2_000)
        .parallel()
        .forEach(number -> {
          byte[] key = new byte[32];
          key[number % 32] = 1;
          byte[] iv = ByteBuffer.allocate(12).putInt(number).array();
          byte[] text = utf8("text " + number);
          byte[] sealed = AesGcm.encrypt(key, iv, utf8("a"), text);
          assertThat(AesGcm.decrypt(key, iv, utf8("a"), sealed)).isEqualTo(text);
        });
  }

  @Test
  void refusesAGcmTagThatDoesNotMatch() {
    byte[] ciphertext = AesGcm.encrypt(new byte[32], new byte[12], utf8("a"), utf8("text"));
    assertThatThrownBy(() -> AesGcm.decrypt(new byte[32], new byte[12], utf8("b"), ciphertext))
        .isInstanceOf(CryptoException.class);
    assertThatThrownBy(() -> AesGcm.decrypt(new byte[32], new byte[12], utf8("a"), new byte[3]))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void encryptsByCbcAndCtrAsNistSays() {
    assertThat(AesCbc.encrypt(NIST_KEY, hex("000102030405060708090a0b0c0d0e0f"), NIST_BLOCK))
        .startsWith(hex("f58c4c04d6e5f1ba779eabfb5f7bfbd6"))
        .hasSize(32);
    byte[] counter = hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
    byte[] expected = hex("601ec313775789a5b7a7f504bbf3d228");
    assertThat(AesCtr.encrypt(NIST_KEY, counter, NIST_BLOCK)).isEqualTo(expected);
    assertThat(AesCtr.decrypt(NIST_KEY, counter, expected)).isEqualTo(NIST_BLOCK);
  }

  @Test
  void refusesABrokenCbcCiphertext() {
    assertThatThrownBy(() -> AesCbc.decrypt(NIST_KEY, new byte[16], new byte[15]))
        .isInstanceOf(CryptoException.class);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
