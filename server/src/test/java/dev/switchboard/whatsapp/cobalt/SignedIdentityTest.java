package dev.switchboard.whatsapp.cobalt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.Hmac;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.proto.ADVDeviceIdentity;
import dev.switchboard.whatsapp.proto.ADVEncryptionType;
import dev.switchboard.whatsapp.proto.ADVSignedDeviceIdentity;
import dev.switchboard.whatsapp.proto.ADVSignedDeviceIdentityHMAC;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class SignedIdentityTest {
  private final SecureRandom random = new SecureRandom();
  private final KeyPair account = KeyPair.generate(random);
  private final KeyPair device = KeyPair.generate(random);
  private final byte[] secret = {1, 2, 3};

  @Test
  void verifiesTheAccountAndSignsForTheDevice() throws InvalidProtocolBufferException {
    SignedIdentity identity = SignedIdentity.parse(signed(ADVEncryptionType.E2EE, (byte) 0));
    assertThat(identity.isSignedByAccount(account.publicKey(), device.publicKey())).isTrue();
    assertThat(identity.isSignedByAccount(account.publicKey(), account.publicKey())).isFalse();
    assertThat(identity.isSignedByDevice(account.publicKey(), device.publicKey())).isFalse();
    assertThat(identity.keyIndex()).isEqualTo(5);
    SignedIdentity linked = identity.signedBy(device, random);
    assertThat(linked.isSignedByDevice(account.publicKey(), device.publicKey())).isTrue();
    var sent = ADVSignedDeviceIdentity.parseFrom(linked.withoutAccountKey().encode());
    assertThat(sent.hasAccountSignatureKey()).isFalse();
    assertThat(sent.getDetails().toByteArray()).isEqualTo(identity.details());
    assertThat(sent.getDeviceSignature().toByteArray()).isEqualTo(linked.deviceSignature());
  }

  @Test
  void asksForTheHostedPrefixOfAHostedDevice() {
    SignedIdentity hosted = SignedIdentity.parse(signed(ADVEncryptionType.HOSTED, (byte) 5));
    assertThat(hosted.isSignedByAccount(account.publicKey(), device.publicKey())).isTrue();
    SignedIdentity wrong = SignedIdentity.parse(signed(ADVEncryptionType.HOSTED, (byte) 0));
    assertThat(wrong.isSignedByAccount(account.publicKey(), device.publicKey())).isFalse();
  }

  @Test
  void checksTheSecretOfTheCode() {
    byte[] details = signed(ADVEncryptionType.E2EE, (byte) 0);
    var plain = ADVSignedDeviceIdentityHMAC.newBuilder().setDetails(ByteString.copyFrom(details));
    plain.setHmac(ByteString.copyFrom(Hmac.sha256(secret, details)));
    DeviceIdentityHmac envelope = DeviceIdentityHmac.parse(plain.build().toByteArray());
    assertThat(envelope.details()).isEqualTo(details);
    assertThat(envelope.isMadeWith(secret)).isTrue();
    assertThat(envelope.isMadeWith(new byte[3])).isFalse();
    plain.setAccountType(ADVEncryptionType.HOSTED);
    assertThat(DeviceIdentityHmac.parse(plain.build().toByteArray()).isMadeWith(secret)).isFalse();
    plain.setHmac(ByteString.copyFrom(Hmac.sha256(secret, new byte[] {6, 5}, details)));
    assertThat(DeviceIdentityHmac.parse(plain.build().toByteArray()).isMadeWith(secret)).isTrue();
  }

  @Test
  void refusesBrokenBytes() {
    byte[] broken = {10, 100, 1};
    assertThatThrownBy(() -> SignedIdentity.parse(broken))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DeviceIdentityHmac.parse(broken))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private byte[] signed(ADVEncryptionType type, byte prefix) {
    byte[] details =
        ADVDeviceIdentity.newBuilder()
            .setRawId(7)
            .setKeyIndex(5)
            .setDeviceType(type)
            .build()
            .toByteArray();
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(new byte[] {6, prefix});
    message.writeBytes(details);
    message.writeBytes(device.publicKey());
    byte[] signature = Curve.sign(account.privateKey(), message.toByteArray(), random);
    return ADVSignedDeviceIdentity.newBuilder()
        .setDetails(ByteString.copyFrom(details))
        .setAccountSignatureKey(ByteString.copyFrom(account.publicKey()))
        .setAccountSignature(ByteString.copyFrom(signature))
        .build()
        .toByteArray();
  }
}
