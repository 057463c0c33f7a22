package dev.switchboard.whatsapp.wire.noise;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.proto.HandshakeMessage;
import dev.switchboard.whatsapp.proto.HandshakeMessage.ClientFinish;
import dev.switchboard.whatsapp.proto.HandshakeMessage.ClientHello;
import dev.switchboard.whatsapp.wire.WireException;
import java.security.SecureRandom;

/**
 * The server's side of the handshake: a full Noise_XX, or Noise_IK where a client resumes with the
 * static key it learned earlier; a client that remembers another key falls back to
 * Noise_XXfallback. For one connection.
 */
public final class ServerHandshake {
  private final KeyPair staticKeys;
  private final byte[] certificateChain;
  private final SecureRandom random;
  private KeyPair ephemeral;
  private NoiseState state = NoiseState.begin("XX");

  /**
   * Waits for a client.
   *
   * @param certificateChain serialized, for the static key
   */
  public ServerHandshake(KeyPair staticKeys, byte[] certificateChain, SecureRandom random) {
    this.staticKeys = staticKeys;
    this.certificateChain = certificateChain.clone();
    this.random = random;
    this.ephemeral = KeyPair.generate(random);
  }

  /** What to do after the client's hello; the reply is to be sent in both cases. */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  public sealed interface Step {
    byte[] reply();

    /** The client answers with its finish. */
    record Continue(byte[] reply) implements Step {}

    /** The client resumed: the handshake is over. */
    record Resumed(byte[] reply, Client client) implements Step {}
  }

  /**
   * Who is there.
   *
   * @param staticKey the client's long-term key, 32 bytes, proven
   * @param payload serialized ClientPayload
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  public record Client(byte[] staticKey, byte[] payload, NoiseTransport transport) {}

  /**
   * Answers the client's hello.
   *
   * @throws WireException if it is broken
   */
  public Step hello(byte[] message) {
    ClientHello hello = parsed(message).getClientHello();
    byte[] clientEphemeral = hello.getEphemeral().toByteArray();
    if (clientEphemeral.length != Curve.KEY_BYTES) {
      throw new WireException("the client's ephemeral key has a wrong length");
    }
    if (hello.getStatic().isEmpty() || hello.getPayload().isEmpty()) {
      return new Step.Continue(fullReply("XX", clientEphemeral));
    }
    Resumption resumption = new Resumption(staticKeys, random);
    return resumption
        .resume(clientEphemeral, hello, certificateChain)
        .orElseGet(() -> new Step.Continue(fullReply("XXfallback", clientEphemeral)));
  }

  /**
   * Takes the client's finish.
   *
   * @throws WireException if it is broken or does not decrypt
   */
  public Client finish(byte[] message) {
    ClientFinish finish = parsed(message).getClientFinish();
    byte[] clientStatic = state.decrypt(finish.getStatic().toByteArray());
    state.mixAgreement(ephemeral.privateKey(), clientStatic);
    byte[] payload = state.decrypt(finish.getPayload().toByteArray());
    return new Client(clientStatic, payload, state.serverTransport());
  }

  private byte[] fullReply(String pattern, byte[] clientEphemeral) {
    state = NoiseState.begin(pattern);
    state.mixHash(clientEphemeral);
    state.mixHash(ephemeral.publicKey());
    state.mixAgreement(ephemeral.privateKey(), clientEphemeral);
    byte[] encryptedStatic = state.encrypt(staticKeys.publicKey());
    state.mixAgreement(staticKeys.privateKey(), clientEphemeral);
    byte[] encryptedChain = state.encrypt(certificateChain);
    return HandshakeMessage.newBuilder()
        .setServerHello(
            HandshakeMessage.ServerHello.newBuilder()
                .setEphemeral(ByteString.copyFrom(ephemeral.publicKey()))
                .setStatic(ByteString.copyFrom(encryptedStatic))
                .setPayload(ByteString.copyFrom(encryptedChain)))
        .build()
        .toByteArray();
  }

  private static HandshakeMessage parsed(byte[] message) {
    try {
      return HandshakeMessage.parseFrom(message);
    } catch (InvalidProtocolBufferException e) {
      throw new WireException("the client's handshake message is none", e);
    }
  }
}
