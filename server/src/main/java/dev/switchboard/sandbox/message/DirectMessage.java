package dev.switchboard.sandbox.message;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.whatsapp.signal.Ciphertext;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.util.List;
import java.util.Set;

/** A message between two accounts, as its sender wrote it. */
record DirectMessage(
    DeviceAddress device,
    AccountRecord sender,
    AccountRecord peer,
    Jid to,
    Node stanza,
    List<Part> parts) {
  private static final Set<String> FOR_THE_NETWORK = Set.of("participants", "enc", "tctoken");
  private static final int MOST_PARTS = 1_000;

  DirectMessage(
      DeviceAddress device, AccountRecord sender, AccountRecord peer, Jid to, Node stanza) {
    this(device, sender, peer, to, stanza, parts(stanza, to));
  }

  /**
   * Whether it is for some devices only: an answer to a retry, said to the own phone, or for those
   * that missed it at first.
   */
  boolean isForSomeDevices() {
    return stanza.child("participants").isEmpty() || stanza.has("device_fanout", "false");
  }

  boolean isPeerMessage() {
    return stanza.has("category", "peer");
  }

  boolean concerns(AccountRecord account) {
    return isSender(account) || account.getPhoneNumber().equals(peer.getPhoneNumber());
  }

  boolean isSender(AccountRecord account) {
    return account.getPhoneNumber().equals(sender.getPhoneNumber());
  }

  boolean startsSession() {
    return parts.stream().anyMatch(part -> part.ciphertext().type() == Ciphertext.Type.PREKEY);
  }

  /** What the receivers get besides their ciphertext. */
  List<Node> attachments() {
    return stanza.children().stream()
        .filter(child -> !FOR_THE_NETWORK.contains(child.tag()))
        .toList();
  }

  private static List<Part> parts(Node stanza, Jid to) {
    List<Node> participants =
        stanza.child("participants").map(node -> node.children("to")).orElse(List.of());
    if (participants.size() > MOST_PARTS) {
      throw new WireException("too many participants");
    }
    if (participants.isEmpty()) {
      return stanza.child("enc").stream().map(enc -> part(to, enc)).toList();
    }
    return participants.stream()
        .map(each -> part(Jid.parse(each.requiredAttribute("jid")), each.requiredChild("enc")))
        .toList();
  }

  private static Part part(Jid to, Node enc) {
    Ciphertext.Type type =
        Ciphertext.Type.of(enc.requiredAttribute("type"))
            .orElseThrow(() -> new WireException("no such kind of ciphertext"));
    if (!enc.has("v", "2")) {
      throw new WireException("no such version of ciphertext");
    }
    return new Part(to, new Ciphertext(type, enc.bytes()), enc);
  }

  /** What one device gets. */
  record Part(Jid to, Ciphertext ciphertext, Node enc) {
    /** Which retry it answers; 0 for none. */
    int attempt() {
      String count = enc.attribute("count").orElse("0");
      return count.matches("[0-9]{1,3}") ? Integer.parseInt(count) : 0;
    }
  }
}
