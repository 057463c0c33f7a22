package dev.switchboard.whatsapp;

import dev.switchboard.whatsapp.signal.SignalIdentity;
import dev.switchboard.whatsapp.signal.SignedPreKey;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Map;

/** What the server hands out of a device's keys, as the child of a {@code <list>}. */
public final class PublishedKeys {
  private static final SecureRandom RANDOM = new SecureRandom();

  private PublishedKeys() {}

  /** With a new signed prekey, and no one-time prekey. */
  public static Node of(Jid device, SignalIdentity identity) {
    SignedPreKey signed = SignedPreKey.generate(identity, 1, RANDOM);
    return Node.builder("user")
        .attribute("jid", device)
        .child(Node.of("registration", bytes(identity.registrationId())))
        .child(Node.of("identity", identity.keyPair().publicKey()))
        .child(
            Node.of(
                "skey",
                Map.of(),
                Node.of("id", bytes(1)),
                Node.of("value", signed.keyPair().publicKey()),
                Node.of("signature", signed.signature())))
        .build();
  }

  private static byte[] bytes(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }
}
