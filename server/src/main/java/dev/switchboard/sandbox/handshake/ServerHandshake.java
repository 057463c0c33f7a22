package dev.switchboard.sandbox.handshake;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.proto.ClientPayload;
import dev.switchboard.whatsapp.proto.HandshakeMessage;
import dev.switchboard.whatsapp.proto.HandshakeMessage.ClientHello;
import dev.switchboard.whatsapp.proto.HandshakeMessage.ServerHello;
import dev.switchboard.whatsapp.wire.frame.ClientHeader;
import java.security.SecureRandom;

/**
 * The server's side of the Noise handshake: XX, and IK where the client knows the server's key from
 * an earlier connection. Written apart from the engine's side, so that each checks the other.
 */
public final class ServerHandshake {
  private final KeyPair server;
  private final byte[] chain;
  private final SecureRandom random;

  public ServerHandshake(KeyPair server, byte[] chain, SecureRandom random) {
    this.server = server;
    this.chain = chain;
    this.random = random;
  }

  /** Exchanges frames with the client until both know the keys. */
  public Greeted run(FrameExchange frames)
      throws InterruptedException, InvalidProtocolBufferException {
    ClientHello hello = HandshakeMessage.parseFrom(frames.receive()).getClientHello();
    return hello.getStatic().isEmpty() ? full(frames, hello) : resume(frames, hello);
  }

  private Greeted full(FrameExchange frames, ClientHello hello)
      throws InterruptedException, InvalidProtocolBufferException {
    var noise = new NoiseState("Noise_XX_25519_AESGCM_SHA256", ClientHeader.prologue());
    byte[] clientEphemeral = hello.getEphemeral().toByteArray();
    noise.mixHash(clientEphemeral);
    KeyPair ephemeral = KeyPair.generate(random);
    noise.mixHash(ephemeral.publicKey());
    noise.mixKey(Curve.agree(ephemeral.privateKey(), clientEphemeral));
    var answer =
        ServerHello.newBuilder()
            .setEphemeral(ByteString.copyFrom(ephemeral.publicKey()))
            .setStatic(ByteString.copyFrom(noise.encrypt(server.publicKey())));
    noise.mixKey(Curve.agree(server.privateKey(), clientEphemeral));
    answer.setPayload(ByteString.copyFrom(noise.encrypt(chain)));
    frames.send(HandshakeMessage.newBuilder().setServerHello(answer).build().toByteArray());

    var finish = HandshakeMessage.parseFrom(frames.receive()).getClientFinish();
    byte[] clientStatic = noise.decrypt(finish.getStatic().toByteArray());
    noise.mixKey(Curve.agree(ephemeral.privateKey(), clientStatic));
    byte[] payload = noise.decrypt(finish.getPayload().toByteArray());
    return new Greeted(clientStatic, ClientPayload.parseFrom(payload), noise.split());
  }

  private Greeted resume(FrameExchange frames, ClientHello hello)
      throws InvalidProtocolBufferException {
    var noise = new NoiseState("Noise_IK_25519_AESGCM_SHA256", ClientHeader.prologue());
    byte[] clientEphemeral = hello.getEphemeral().toByteArray();
    noise.mixHash(server.publicKey());
    noise.mixHash(clientEphemeral);
    noise.mixKey(Curve.agree(server.privateKey(), clientEphemeral));
    byte[] clientStatic = noise.decrypt(hello.getStatic().toByteArray());
    noise.mixKey(Curve.agree(server.privateKey(), clientStatic));
    byte[] payload = noise.decrypt(hello.getPayload().toByteArray());
    KeyPair ephemeral = KeyPair.generate(random);
    noise.mixHash(ephemeral.publicKey());
    noise.mixKey(Curve.agree(ephemeral.privateKey(), clientEphemeral));
    noise.mixKey(Curve.agree(ephemeral.privateKey(), clientStatic));
    var answer =
        ServerHello.newBuilder()
            .setEphemeral(ByteString.copyFrom(ephemeral.publicKey()))
            .setPayload(ByteString.copyFrom(noise.encrypt(chain)));
    frames.send(HandshakeMessage.newBuilder().setServerHello(answer).build().toByteArray());
    return new Greeted(clientStatic, ClientPayload.parseFrom(payload), noise.split());
  }

  /** What a completed handshake leaves. */
  @SuppressWarnings("ArrayRecordComponent") // never changed and never compared
  public record Greeted(byte[] clientStatic, ClientPayload payload, FrameCipher cipher) {}
}
