package dev.switchboard.whatsapp.wire.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.proto.HandshakeMessage;
import dev.switchboard.whatsapp.wire.WireException;
import dev.switchboard.whatsapp.wire.noise.CertificateRefusedException.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class HandshakeTest {
  private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
  private static final byte[] PAYLOAD = "payload".getBytes(StandardCharsets.UTF_8);

  private final SecureRandom random = new SecureRandom();
  private final CertificateAuthority authority = CertificateAuthority.generate(random);
  private final KeyPair serverKeys = KeyPair.generate(random);
  private final KeyPair clientKeys = KeyPair.generate(random);
  private final byte[] chain = authority.issue(serverKeys.publicKey(), NOW, NOW.plusSeconds(60));

  @Test
  void letsBothSidesTalk() {
    ServerHandshake server = server(chain);
    ClientHandshake client = client(authority.rootPublicKey(), NOW);
    var step = server.hello(client.hello());
    assertThat(step).isInstanceOf(ServerHandshake.Step.Continue.class);
    var finished = client.finish(step.reply(), PAYLOAD);
    var accepted = server.finish(finished.message());
    assertThat(accepted.payload()).isEqualTo(PAYLOAD);
    assertThat(accepted.staticKey()).isEqualTo(clientKeys.publicKey());
    assertTalk(finished.transport(), accepted.transport());
  }

  @Test
  void refusesAFrameThatWasChangedOrRepeated() {
    ServerHandshake server = server(chain);
    ClientHandshake client = client(authority.rootPublicKey(), NOW);
    var finished = client.finish(server.hello(client.hello()).reply(), PAYLOAD);
    NoiseTransport receiver = server.finish(finished.message()).transport();
    byte[] frame = finished.transport().encrypt(PAYLOAD);
    assertThat(receiver.decrypt(frame)).isEqualTo(PAYLOAD);
    assertThatThrownBy(() -> receiver.decrypt(frame)).isInstanceOf(WireException.class);
    assertThatThrownBy(() -> receiver.decrypt(new byte[3])).isInstanceOf(WireException.class);
  }

  @Test
  void refusesAnotherRoot() {
    byte[] other = CertificateAuthority.generate(random).rootPublicKey();
    assertRefused(chain, other, NOW, Refusal.INTERMEDIATE_SIGNATURE);
  }

  @Test
  void refusesCertificatesOutsideTheirDates() {
    byte[] root = authority.rootPublicKey();
    assertRefused(chain, root, NOW.minusSeconds(1), Refusal.NOT_YET_VALID);
    assertRefused(chain, root, NOW.plus(Duration.ofSeconds(61)), Refusal.EXPIRED);
  }

  @Test
  void refusesALeafOfAnotherServer() {
    byte[] other = authority.issue(clientKeys.publicKey(), NOW, NOW.plusSeconds(60));
    assertRefused(other, authority.rootPublicKey(), NOW, Refusal.LEAF_KEY);
  }

  @Test
  void refusesAServerHelloThatWasChanged() {
    for (int part = 0; part < 3; part++) {
      ClientHandshake client = client(authority.rootPublicKey(), NOW);
      byte[] reply = server(chain).hello(client.hello()).reply();
      reply[reply.length * part / 3 + 10] ^= 1;
      assertThatThrownBy(() -> client.finish(reply, PAYLOAD)).isInstanceOf(WireException.class);
    }
  }

  @Test
  void refusesMessagesThatAreNone() {
    for (byte[] bytes : new byte[][] {{}, {1, 2, 3}, new byte[100], {0x1a, 0}}) {
      assertThatThrownBy(() -> client(authority.rootPublicKey(), NOW).finish(bytes, PAYLOAD))
          .isInstanceOf(WireException.class);
      assertThatThrownBy(() -> server(chain).hello(bytes)).isInstanceOf(WireException.class);
      assertThatThrownBy(() -> server(chain).finish(bytes)).isInstanceOf(WireException.class);
    }
  }

  @Test
  void letsAClientResumeThatKnowsTheServersKey() {
    KeyPair ephemeral = KeyPair.generate(random);
    NoiseState state = NoiseState.begin("IK");
    byte[] hello = resumption(state, ephemeral, serverKeys.publicKey());
    var step = server(chain).hello(hello);
    assertThat(step).isInstanceOf(ServerHandshake.Step.Resumed.class);
    var client = ((ServerHandshake.Step.Resumed) step).client();
    assertThat(client.payload()).isEqualTo(PAYLOAD);
    var reply = parsed(step.reply()).getServerHello();
    assertThat(reply.hasStatic()).isFalse();
    byte[] serverEphemeral = reply.getEphemeral().toByteArray();
    state.mixHash(serverEphemeral);
    state.mixAgreement(ephemeral.privateKey(), serverEphemeral);
    state.mixAgreement(clientKeys.privateKey(), serverEphemeral);
    assertThat(state.decrypt(reply.getPayload().toByteArray())).isEqualTo(chain);
    assertTalk(state.clientTransport(), client.transport());
  }

  @Test
  void fallsBackWhereAClientRemembersAnotherKey() {
    KeyPair ephemeral = KeyPair.generate(random);
    byte[] hello =
        resumption(NoiseState.begin("IK"), ephemeral, KeyPair.generate(random).publicKey());
    ServerHandshake server = server(chain);
    var step = server.hello(hello);
    assertThat(step).isInstanceOf(ServerHandshake.Step.Continue.class);
    var reply = parsed(step.reply()).getServerHello();
    NoiseState state = NoiseState.begin("XXfallback");
    byte[] serverEphemeral = reply.getEphemeral().toByteArray();
    state.mixHash(ephemeral.publicKey());
    state.mixHash(serverEphemeral);
    state.mixAgreement(ephemeral.privateKey(), serverEphemeral);
    byte[] serverStatic = state.decrypt(reply.getStatic().toByteArray());
    assertThat(serverStatic).isEqualTo(serverKeys.publicKey());
    state.mixAgreement(ephemeral.privateKey(), serverStatic);
    assertThat(state.decrypt(reply.getPayload().toByteArray())).isEqualTo(chain);
  }

  private byte[] resumption(NoiseState state, KeyPair ephemeral, byte[] serverStatic) {
    state.mixHash(serverStatic);
    state.mixHash(ephemeral.publicKey());
    state.mixAgreement(ephemeral.privateKey(), serverStatic);
    byte[] encryptedStatic = state.encrypt(clientKeys.publicKey());
    state.mixAgreement(clientKeys.privateKey(), serverStatic);
    return HandshakeMessage.newBuilder()
        .setClientHello(
            HandshakeMessage.ClientHello.newBuilder()
                .setEphemeral(ByteString.copyFrom(ephemeral.publicKey()))
                .setStatic(ByteString.copyFrom(encryptedStatic))
                .setPayload(ByteString.copyFrom(state.encrypt(PAYLOAD))))
        .build()
        .toByteArray();
  }

  private void assertRefused(byte[] shown, byte[] root, Instant now, Refusal refusal) {
    ClientHandshake client = client(root, now);
    byte[] reply = server(shown).hello(client.hello()).reply();
    assertThatThrownBy(() -> client.finish(reply, PAYLOAD))
        .isInstanceOfSatisfying(
            CertificateRefusedException.class,
            refused -> assertThat(refused.refusal()).isEqualTo(refusal));
  }

  private static void assertTalk(NoiseTransport one, NoiseTransport other) {
    for (int i = 0; i < 3; i++) {
      assertThat(other.decrypt(one.encrypt(new byte[i]))).isEqualTo(new byte[i]);
      assertThat(one.decrypt(other.encrypt(PAYLOAD))).isEqualTo(PAYLOAD);
    }
  }

  private static HandshakeMessage parsed(byte[] bytes) {
    try {
      return HandshakeMessage.parseFrom(bytes);
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private ServerHandshake server(byte[] shown) {
    return new ServerHandshake(serverKeys, shown, random);
  }

  private ClientHandshake client(byte[] root, Instant now) {
    return new ClientHandshake(clientKeys, root, InstantSource.fixed(now), random);
  }
}
