package dev.switchboard.whatsapp.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.Hmac;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.proto.ADVDeviceIdentity;
import dev.switchboard.whatsapp.proto.ADVSignedDeviceIdentity;
import dev.switchboard.whatsapp.proto.ADVSignedDeviceIdentityHMAC;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class AccountProofTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final KeyPair phone = KeyPair.generate(RANDOM);
  private final KeyPair device = KeyPair.generate(RANDOM);
  private final byte[] secret = new byte[32];

  @Test
  void takesWhatThePhoneSignedForThisDevice() throws Exception {
    AccountProof proof =
        AccountProof.check(sealed(signed(phone, device), secret), secret, device, RANDOM);

    assertThat(proof.accountKey()).isEqualTo(phone.publicKey());
    assertThat(proof.keyIndex()).isEqualTo(7);
    assertThat(proof.signed().isSignedByDevice(phone.publicKey(), device.publicKey())).isTrue();
    assertThat(ADVSignedDeviceIdentity.parseFrom(proof.forServer()).hasAccountSignatureKey())
        .isFalse();
    assertThat(ADVSignedDeviceIdentity.parseFrom(proof.forPeers()).hasAccountSignatureKey())
        .isTrue();
  }

  @Test
  void refusesWhoHasNotSeenTheCode() {
    byte[] other = new byte[32];
    other[0] = 1;

    refuses(sealed(signed(phone, device), other), "hmac-mismatch");
  }

  @Test
  void refusesASignatureForAnotherDevice() {
    refuses(sealed(signed(phone, KeyPair.generate(RANDOM)), secret), "signature-mismatch");
  }

  @Test
  void refusesASignatureOfAnotherKeyThanTheOneNamed() {
    ADVSignedDeviceIdentity forged =
        signed(KeyPair.generate(RANDOM), device).toBuilder()
            .setAccountSignatureKey(ByteString.copyFrom(phone.publicKey()))
            .build();

    refuses(sealed(forged, secret), "signature-mismatch");
  }

  @Test
  void refusesWhatIsNoProofAtAll() {
    refuses(new byte[] {1, 2, 3}, "signature-mismatch");
    refuses(sealed(ADVSignedDeviceIdentity.getDefaultInstance(), secret), "signature-mismatch");
  }

  private void refuses(byte[] container, String text) {
    assertThatThrownBy(() -> AccountProof.check(container, secret, device, RANDOM))
        .isInstanceOf(ProofRefused.class)
        .hasMessage(text);
  }

  private static ADVSignedDeviceIdentity signed(KeyPair account, KeyPair forDevice) {
    ByteString details =
        ADVDeviceIdentity.newBuilder().setRawId(1).setKeyIndex(7).build().toByteString();
    byte[] covered =
        ByteString.copyFrom(new byte[] {6, 0})
            .concat(details)
            .concat(ByteString.copyFrom(forDevice.publicKey()))
            .toByteArray();
    return ADVSignedDeviceIdentity.newBuilder()
        .setDetails(details)
        .setAccountSignatureKey(ByteString.copyFrom(account.publicKey()))
        .setAccountSignature(ByteString.copyFrom(Curve.sign(account.privateKey(), covered, RANDOM)))
        .build();
  }

  private static byte[] sealed(ADVSignedDeviceIdentity signed, byte[] key) {
    return ADVSignedDeviceIdentityHMAC.newBuilder()
        .setDetails(signed.toByteString())
        .setHmac(ByteString.copyFrom(Hmac.sha256(key, signed.toByteArray())))
        .build()
        .toByteArray();
  }
}
