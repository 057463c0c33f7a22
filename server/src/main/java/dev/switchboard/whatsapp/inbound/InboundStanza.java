package dev.switchboard.whatsapp.inbound;

import dev.switchboard.model.message.MessageId;
import dev.switchboard.whatsapp.session.Numbers;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.time.Instant;
import java.util.Optional;

/**
 * A {@code <message>} as it arrived.
 *
 * @param from the chat it belongs to: for a direct message the device that wrote it
 * @param sender the device that wrote it; that of the participant in a group
 * @param recipient whom an own other device wrote to
 * @param peer whether the own phone speaks to its devices, and nobody is meant to see it
 */
record InboundStanza(
    Node node, String id, Jid from, Jid sender, Optional<Jid> recipient, boolean peer, Instant at) {
  /**
   * Reads the attributes.
   *
   * @throws WireException when one is missing that no message can be without
   */
  static InboundStanza read(Node node, Instant now) {
    String id = node.requiredAttribute("id");
    if (!MessageId.isId(id)) {
      throw new WireException("no id of a message, " + id.length() + " characters");
    }
    Jid from = node.jid("from").orElseThrow(() -> new WireException("a message from nobody"));
    Optional<Jid> participant = node.jid("participant");
    return new InboundStanza(
        node,
        id,
        from,
        participant.orElse(from),
        node.jid("recipient"),
        node.has("category", "peer"),
        at(node, now));
  }

  /** Whether it is between two people. */
  boolean direct() {
    return from.isLid() || from.isPhoneNumber();
  }

  private static Instant at(Node node, Instant now) {
    long seconds = Numbers.of(node, "t", 0L);
    return seconds <= 0 || seconds > Numbers.LATEST_SECOND ? now : Instant.ofEpochSecond(seconds);
  }
}
