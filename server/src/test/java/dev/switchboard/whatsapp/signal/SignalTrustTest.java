package dev.switchboard.whatsapp.signal;

import static dev.switchboard.whatsapp.signal.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.signal.SignalException.Reason;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalTrustTest {
  private final Device alice = new Device("alice@lid");
  private final Device bob = new Device("bob@lid");

  @Test
  void refusesForgedSignedPreKey() {
    Device mallory = new Device("mallory@lid");
    PreKeyBundle real = bob.bundle(null);
    PreKeyBundle forged =
        new PreKeyBundle(
            real.registrationId(),
            real.identity(),
            real.signedPreKeyId(),
            mallory.signedPreKey.keyPair().publicKey(),
            real.signature(),
            null);
    SignalUnit unit = alice.unit();
    assertThat(refused(() -> unit.establish(bob.address, forged))).isEqualTo(Reason.BAD_SIGNATURE);
    assertThat(unit.changes()).isEmpty();
  }

  @Test
  void signatureCoversTheTypedKey() {
    byte[] signature =
        Curve.sign(
            bob.identity.keyPair().privateKey(),
            bob.signedPreKey.keyPair().publicKey(),
            bob.random);
    PreKeyBundle untyped =
        new PreKeyBundle(
            1,
            bob.identity.keyPair().publicKey(),
            1,
            bob.signedPreKey.keyPair().publicKey(),
            signature,
            null);
    assertThat(refused(() -> alice.unit().establish(bob.address, untyped)))
        .isEqualTo(Reason.BAD_SIGNATURE);
  }

  @Test
  void acceptsAndReportsNewIdentityThatStartsSession() {
    Device.introduce(alice, bob);
    Ciphertext old = bob.encrypt(alice, "from the old phone");
    Device reinstalled = new Device("bob@lid");
    reinstalled.establish(alice, alice.preKeys.getLast());
    Ciphertext message = reinstalled.encrypt(alice, "new phone");

    SignalUnit unit = alice.unit();
    var _ = unit.decrypt(bob.address, message.type(), message.bytes());
    assertThat(unit.identityChanges()).containsExactly(bob.address);
    assertThat(unit.identityOf(bob.address)).hasValue(reinstalled.identity.keyPair().publicKey());
    alice.commit(unit);
    assertThat(refused(() -> alice.decrypt(bob, old))).isEqualTo(Reason.BAD_MAC);
    assertThat(reinstalled.decrypt(alice, alice.encrypt(bob, "hello"))).isEqualTo("hello");
  }

  @Test
  void reportsNewIdentityOfBundleAndFirstOneNever() {
    SignalUnit first = alice.unit();
    first.establish(bob.address, bob.bundle(null));
    assertThat(first.identityChanges()).isEmpty();
    alice.commit(first);

    SignalUnit second = alice.unit();
    second.establish(bob.address, new Device("bob@lid").bundle(null));
    assertThat(second.identityChanges()).containsExactly(bob.address);
  }

  @Test
  void sessionCannotBeBorrowedByAnotherIdentity() {
    alice.establish(bob, bob.preKeys.getFirst());
    Ciphertext first = alice.encrypt(bob, "first");
    Ciphertext second = alice.encrypt(bob, "second");
    bob.decrypt(alice, first);
    byte[] forged =
        replaced(
            second.bytes(),
            alice.identity.keyPair().publicKey(),
            new Device("mallory@lid").identity.keyPair().publicKey());

    SignalUnit unit = bob.unit();
    assertThat(refused(() -> unit.decrypt(alice.address, Ciphertext.Type.PREKEY, forged)))
        .isEqualTo(Reason.UNTRUSTED_IDENTITY);
    assertThat(unit.changes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void refusesKeysThatGiveNoSecrecy(String hex) {
    byte[] weak = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> Curve.agree(alice.identity.keyPair().privateKey(), weak))
        .hasMessageContaining("all-zero");
    PreKeyBundle real = bob.bundle(null);
    PreKeyBundle bundle =
        new PreKeyBundle(
            1,
            real.identity(),
            1,
            real.signedPreKey(),
            real.signature(),
            new PreKeyBundle.OneTimeKey(7, weak));
    assertThat(refused(() -> alice.unit().establish(bob.address, bundle)))
        .isEqualTo(Reason.MALFORMED);

    alice.establish(bob, null);
    byte[] message = alice.encrypt(bob, "text").bytes();
    byte[] forged = replaced(message, alice.identity.keyPair().publicKey(), weak);
    assertThat(refused(() -> bob.unit().decrypt(alice.address, Ciphertext.Type.PREKEY, forged)))
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void identityLearntElsewhereEndsSessionsOfTheOldOne() {
    Device.introduce(alice, bob);
    SignalUnit unit = alice.unit();
    unit.recordIdentity(bob.address, bob.identity.keyPair().publicKey());
    assertThat(unit.changes()).isEmpty();
    unit.recordIdentity(bob.address, new Device("bob@lid").identity.keyPair().publicKey());
    assertThat(unit.hasSession(bob.address)).isFalse();
    assertThat(unit.identityChanges()).containsExactly(bob.address);
  }

  private static byte[] replaced(byte[] bytes, byte[] what, byte[] with) {
    HexFormat hex = HexFormat.of();
    String before = hex.formatHex(bytes);
    assertThat(before).contains(hex.formatHex(what));
    return hex.parseHex(before.replace(hex.formatHex(what), hex.formatHex(with)));
  }
}
