package dev.switchboard.whatsapp.wire.noise;

import dev.switchboard.whatsapp.cobalt.HandshakeMessages;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.wire.WireException;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of Noise_XX: hello, then finish on the server's answer. For one connection; the
 * messages are payloads of frames.
 */
public final class ClientHandshake {
  private final KeyPair noiseKeys;
  private final byte[] rootKey;
  private final InstantSource clock;
  private final KeyPair ephemeral;
  private final NoiseState state = NoiseState.begin("XX");

  /**
   * Begins a handshake.
   *
   * @param noiseKeys the device's own long-term keys
   * @param rootKey the public key that the server's certificate has to lead to, 32 bytes
   */
  public ClientHandshake(
      KeyPair noiseKeys, byte[] rootKey, InstantSource clock, SecureRandom random) {
    this.noiseKeys = noiseKeys;
    this.rootKey = rootKey.clone();
    this.clock = clock;
    this.ephemeral = KeyPair.generate(random);
  }

  /** The last message and what encrypts from then on. */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  public record Finished(byte[] message, NoiseTransport transport) {}

  /** The first message. */
  public byte[] hello() {
    state.mixHash(ephemeral.publicKey());
    return HandshakeMessages.clientHello(ephemeral.publicKey());
  }

  /**
   * Answers the server's hello with the client's payload.
   *
   * @param clientPayload serialized and in plaintext
   * @throws CertificateRefusedException if the server is not who it has to be
   * @throws WireException if the message is broken or does not decrypt
   */
  public Finished finish(byte[] serverHello, byte[] clientPayload) {
    HandshakeMessages.ServerHello hello = parsed(serverHello);
    byte[] serverEphemeral = required(hello.ephemeral());
    if (serverEphemeral.length != Curve.KEY_BYTES) {
      throw new WireException("the server's ephemeral key has a wrong length");
    }
    state.mixHash(serverEphemeral);
    state.mixAgreement(ephemeral.privateKey(), serverEphemeral);
    byte[] serverStatic = state.decrypt(required(hello.staticKey()));
    state.mixAgreement(ephemeral.privateKey(), serverStatic);
    byte[] chain = state.decrypt(required(hello.payload()));
    CertificateChain.verify(chain, rootKey, serverStatic, clock.instant());
    byte[] encryptedStatic = state.encrypt(noiseKeys.publicKey());
    state.mixAgreement(noiseKeys.privateKey(), serverEphemeral);
    byte[] encryptedPayload = state.encrypt(clientPayload);
    return new Finished(
        HandshakeMessages.clientFinish(encryptedStatic, encryptedPayload), state.clientTransport());
  }

  private static HandshakeMessages.ServerHello parsed(byte[] bytes) {
    try {
      return HandshakeMessages.serverHello(bytes);
    } catch (IllegalArgumentException e) {
      throw new WireException("the server's hello is none", e);
    }
  }

  private static byte[] required(byte @Nullable [] part) {
    if (part == null) {
      throw new WireException("the server's hello lacks a part");
    }
    return part;
  }
}
