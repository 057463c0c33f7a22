package dev.switchboard.whatsapp.outbound;

import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.crypto.Padding;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.signal.Ciphertext;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Encrypts one message for each device and puts the parts into one stanza. */
final class Envelope {
  private final AccountState account;
  private final SignalUnit unit;
  private final RandomGenerator random;
  private final List<Node> parts = new ArrayList<>();
  private final List<Jid> devices = new ArrayList<>();
  private boolean startsSession;

  Envelope(AccountState account, SignalUnit unit, RandomGenerator random) {
    this.account = account;
    this.unit = unit;
    this.random = random;
  }

  void add(List<Jid> recipients, Message message) {
    byte[] plaintext = message.toByteArray();
    recipients.forEach(device -> add(device, plaintext));
  }

  /** For whom something is in it. */
  List<Jid> devices() {
    return devices;
  }

  /**
   * The stanza for all devices.
   *
   * @param token by which the other side knows this account, if it gave one
   */
  Node seal(String id, Jid chat, Optional<Node> token) {
    NodeBuilder stanza = stanza(id, chat).attribute("phash", ParticipantHash.of(devices));
    return seal(stanza, token);
  }

  /**
   * The stanza for those devices alone that missed the first (attribute as independent clients).
   */
  Node sealForMissed(String id, Jid chat) {
    return seal(stanza(id, chat).attribute("device_fanout", "false"), Optional.empty());
  }

  private static NodeBuilder stanza(String id, Jid chat) {
    return Node.builder("message")
        .attribute("id", id)
        .attribute("to", chat)
        .attribute("type", "text");
  }

  /** With the device's proof of identity where a session begins. */
  private Node seal(NodeBuilder stanza, Optional<Node> token) {
    stanza.child(Node.of("participants", parts));
    if (startsSession) {
      stanza.child(Node.of("device-identity", account.credentials().deviceIdentity()));
    }
    token.ifPresent(stanza::child);
    return stanza.build();
  }

  private void add(Jid device, byte[] plaintext) {
    Ciphertext ciphertext =
        unit.encrypt(account.aliases().address(device), Padding.add(plaintext, random));
    startsSession |= ciphertext.type() == Ciphertext.Type.PREKEY;
    devices.add(device);
    parts.add(
        Node.of(
            "to",
            Map.of("jid", device.toString()),
            Node.builder("enc")
                .attribute("v", "2")
                .attribute("type", ciphertext.type().wireName())
                .bytes(ciphertext.bytes())
                .build()));
  }
}
