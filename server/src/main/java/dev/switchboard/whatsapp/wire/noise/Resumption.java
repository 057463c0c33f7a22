package dev.switchboard.whatsapp.wire.noise;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.proto.HandshakeMessage;
import dev.switchboard.whatsapp.proto.HandshakeMessage.ClientHello;
import dev.switchboard.whatsapp.wire.WireException;
import java.security.SecureRandom;
import java.util.Optional;

/** The server's side of Noise_IK: everything in the client's first message. */
final class Resumption {
  private final KeyPair staticKeys;
  private final KeyPair ephemeral;
  private final NoiseState state = NoiseState.begin("IK");

  Resumption(KeyPair staticKeys, SecureRandom random) {
    this.staticKeys = staticKeys;
    this.ephemeral = KeyPair.generate(random);
  }

  /** The end of the handshake; empty if the client encrypted for another server key. */
  Optional<ServerHandshake.Step> resume(
      byte[] clientEphemeral, ClientHello hello, byte[] certificateChain) {
    byte[] clientStatic;
    byte[] payload;
    try {
      state.mixHash(staticKeys.publicKey());
      state.mixHash(clientEphemeral);
      state.mixAgreement(staticKeys.privateKey(), clientEphemeral);
      clientStatic = state.decrypt(hello.getStatic().toByteArray());
      state.mixAgreement(staticKeys.privateKey(), clientStatic);
      payload = state.decrypt(hello.getPayload().toByteArray());
    } catch (WireException _) {
      return Optional.empty();
    }
    byte[] reply = reply(clientEphemeral, clientStatic, certificateChain);
    var client = new ServerHandshake.Client(clientStatic, payload, state.serverTransport());
    return Optional.of(new ServerHandshake.Step.Resumed(reply, client));
  }

  private byte[] reply(byte[] clientEphemeral, byte[] clientStatic, byte[] certificateChain) {
    state.mixHash(ephemeral.publicKey());
    state.mixAgreement(ephemeral.privateKey(), clientEphemeral);
    state.mixAgreement(ephemeral.privateKey(), clientStatic);
    byte[] encryptedChain = state.encrypt(certificateChain);
    return HandshakeMessage.newBuilder()
        .setServerHello(
            HandshakeMessage.ServerHello.newBuilder()
                .setEphemeral(ByteString.copyFrom(ephemeral.publicKey()))
                .setPayload(ByteString.copyFrom(encryptedChain)))
        .build()
        .toByteArray();
  }
}
