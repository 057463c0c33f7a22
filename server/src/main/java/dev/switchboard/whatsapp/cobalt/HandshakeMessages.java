package dev.switchboard.whatsapp.cobalt;

import it.auties.whatsapp.model.signal.auth.ClientFinishBuilder;
import it.auties.whatsapp.model.signal.auth.ClientHelloBuilder;
import it.auties.whatsapp.model.signal.auth.HandshakeMessage;
import it.auties.whatsapp.model.signal.auth.HandshakeMessageBuilder;
import it.auties.whatsapp.model.signal.auth.HandshakeMessageSpec;
import org.jspecify.annotations.Nullable;

/** The client's side of the handshake messages. */
public final class HandshakeMessages {
  private HandshakeMessages() {}

  /**
   * What the server answers; null members were not sent.
   *
   * @param staticKey encrypted
   * @param payload encrypted certificate chain
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  public record ServerHello(
      byte @Nullable [] ephemeral, byte @Nullable [] staticKey, byte @Nullable [] payload) {}

  public static byte[] clientHello(byte[] ephemeral) {
    return HandshakeMessageSpec.encode(
        new HandshakeMessageBuilder()
            .clientHello(new ClientHelloBuilder().ephemeral(ephemeral).build())
            .build());
  }

  public static byte[] clientFinish(byte[] encryptedStatic, byte[] encryptedPayload) {
    return HandshakeMessageSpec.encode(
        new HandshakeMessageBuilder()
            .clientFinish(
                new ClientFinishBuilder()
                    ._static(encryptedStatic)
                    .payload(encryptedPayload)
                    .build())
            .build());
  }

  /**
   * Reads the server's answer.
   *
   * @throws IllegalArgumentException if it is none; Cobalt's decoder throws what it likes on broken
   *     input, so that everything is taken for that
   */
  public static ServerHello serverHello(byte[] bytes) {
    HandshakeMessage message;
    try {
      message = HandshakeMessageSpec.decode(bytes);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not a handshake message", e);
    }
    var hello = message.serverHello();
    if (hello == null) {
      throw new IllegalArgumentException("a handshake message without a server hello");
    }
    return new ServerHello(hello.ephemeral(), hello.staticText(), hello.payload());
  }
}
