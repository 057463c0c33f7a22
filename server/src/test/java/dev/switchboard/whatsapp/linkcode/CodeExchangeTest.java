package dev.switchboard.whatsapp.linkcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.sandbox.linkcode.CompanionHello;
import dev.switchboard.sandbox.linkcode.PhoneExchange;
import dev.switchboard.sandbox.linkcode.TypedCode;
import dev.switchboard.whatsapp.crypto.CryptoException;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our half of the agreement against the sandbox's, which was written apart from it. */
class CodeExchangeTest {
  private static final LinkCode CODE = new LinkCode("1A2B3C4D");
  private static final byte[] REFERENCE = {1, 2, 3};

  private final SecureRandom random = new SecureRandom();
  private final KeyPair device = KeyPair.generate(random);
  private final KeyPair phone = KeyPair.generate(random);
  private final CodeExchange exchange = new CodeExchange(CODE, device, random);

  @Test
  void unwrapsWhatAnIndependentImplementationWrapped() {
    // Made with the crypto module of Node.js.
    byte[] wrapped =
        HexFormat.of()
            .parseHex(
                "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
                    + "6465666768696a6b6c6d6e6f70717273"
                    + "f5db891f23310edc680c2621bced5daeffb3b39067c4f7213ac47449a1ad4a7b");

    assertThat(WrappedKey.unwrap(CODE, wrapped))
        .asHexString()
        .isEqualTo("FFFEFDFCFBFAF9F8F7F6F5F4F3F2F1F0EFEEEDECEBEAE9E8E7E6E5E4E3E2E1E0");
  }

  @Test
  void wrapsAnewEachTime() {
    byte[] first = exchange.wrappedKey();
    byte[] second = exchange.wrappedKey();

    assertThat(first).hasSize(80).isNotEqualTo(second);
    assertThat(WrappedKey.unwrap(CODE, first)).isEqualTo(WrappedKey.unwrap(CODE, second));
  }

  @Test
  void agreesWithPhoneThatKnowsTheCode() {
    PhoneExchange other = typed("1a2b-3c4d", exchange.wrappedKey());

    Agreement agreement = exchange.agree(hello(other));

    assertThat(agreement.phoneIdentity()).isEqualTo(phone.publicKey());
    assertThat(agreement.bundle()).hasSize(32 + 12 + 96 + 16);
    assertThat(opened(other, agreement.bundle(), device.publicKey()))
        .hasValueSatisfying(secret -> assertThat(secret).isEqualTo(agreement.secret()));
  }

  @Test
  void leavesPhoneWithAnotherCodeWithNothing() {
    PhoneExchange other = typed("1A2B-3C4E", exchange.wrappedKey());

    Agreement agreement = exchange.agree(hello(other));

    assertThat(other.open(agreement.bundle())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 32, 43, 44, 90, 139, 140, 155})
  void leavesPhoneWithTamperedBundleWithNothing(int place) {
    PhoneExchange other = typed("1A2B-3C4D", exchange.wrappedKey());
    byte[] bundle = exchange.agree(hello(other)).bundle();
    bundle[place] ^= 1;

    assertThat(other.open(bundle)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 32, 48})
  void doesNotAgreeOverTamperedKeys(int place) {
    byte[] ours = exchange.wrappedKey();
    ours[place] ^= 1;
    PhoneExchange misled = typed("1A2B-3C4D", ours);
    assertThat(misled.open(exchange.agree(hello(misled)).bundle())).isEmpty();

    PhoneExchange other = typed("1A2B-3C4D", exchange.wrappedKey());
    byte[] theirs = hello(other).wrapped().clone();
    theirs[place] ^= 1;
    Agreement agreement = exchange.agree(new PrimaryHello(theirs, phone.publicKey()));
    assertThat(other.open(agreement.bundle())).isEmpty();
  }

  @Test
  void makesNoSecretForAnotherIdentityThanTheOneThatWasMeant() {
    PhoneExchange other = typed("1A2B-3C4D", exchange.wrappedKey());
    byte[] stranger = KeyPair.generate(random).publicKey();
    byte[] bundle = exchange.agree(hello(other)).bundle();
    byte[] swapped = exchange.agree(new PrimaryHello(hello(other).wrapped(), stranger)).bundle();

    assertThat(opened(other, bundle, stranger)).isEmpty();
    assertThat(opened(other, swapped, device.publicKey())).isEmpty();
  }

  @Test
  void refusesKeysThatLeadToNoSecret() {
    PhoneExchange other = typed("1A2B-3C4D", exchange.wrappedKey());
    byte[] zeroEphemeral = WrappedKey.wrap(CODE, new byte[32], random);
    PrimaryHello withoutEphemeral = new PrimaryHello(zeroEphemeral, phone.publicKey());
    PrimaryHello withoutIdentity = new PrimaryHello(hello(other).wrapped(), new byte[32]);

    assertThatThrownBy(() -> exchange.agree(withoutEphemeral)).isInstanceOf(CryptoException.class);
    assertThatThrownBy(() -> exchange.agree(withoutIdentity)).isInstanceOf(CryptoException.class);
  }

  @Test
  void refusesPrimaryHelloWithKeysOfWrongLength() {
    assertThatThrownBy(() -> PrimaryHello.read(primaryHello(new byte[79], new byte[32])))
        .isInstanceOf(WireException.class);
    assertThatThrownBy(() -> PrimaryHello.read(primaryHello(new byte[80], new byte[33])))
        .isInstanceOf(WireException.class);
    assertThatThrownBy(() -> PrimaryHello.read(Node.of("link_code_companion_reg")))
        .isInstanceOf(WireException.class);
  }

  @Test
  void showsCodesOfTheAlphabetAndHidesThemInLogs() {
    for (int i = 0; i < 200; i++) {
      LinkCode code = LinkCode.generate(random);
      assertThat(code.shown()).matches("[1-9A-HJ-NP-TV-Z]{4}-[1-9A-HJ-NP-TV-Z]{4}");
      assertThat(code.toString()).doesNotContain(code.characters());
      assertThat(TypedCode.parse(code.shown()))
          .hasValueSatisfying(typed -> assertThat(typed.characters()).isEqualTo(code.characters()));
    }
    assertThatThrownBy(() -> new LinkCode("1A2B3C4O")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LinkCode("1A2B3C4")).isInstanceOf(IllegalArgumentException.class);
  }

  private PhoneExchange typed(String text, byte[] wrapped) {
    return PhoneExchange.begin(
        TypedCode.parse(text).orElseThrow(),
        new CompanionHello(Jid.ofPhoneNumber("15550001000"), wrapped),
        phone,
        random);
  }

  private static PrimaryHello hello(PhoneExchange phone) {
    return PrimaryHello.read(phone.primaryHello(REFERENCE));
  }

  private static Optional<byte[]> opened(PhoneExchange phone, byte[] bundle, byte[] identity) {
    return phone.open(bundle).flatMap(opened -> phone.secret(opened, identity));
  }

  private static Node primaryHello(byte[] wrapped, byte[] identity) {
    return Node.of(
        "link_code_companion_reg",
        Node.of("link_code_pairing_wrapped_primary_ephemeral_pub", wrapped),
        Node.of("primary_identity_pub", identity));
  }
}
