package dev.switchboard.whatsapp.inbound;

import dev.switchboard.whatsapp.login.Presence;
import dev.switchboard.whatsapp.session.Courtesy;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;

/**
 * Tells that messages have arrived. To the server a receipt is the acknowledgement; there is no
 * other for a message that could be read (measured with independent clients).
 */
public final class DeliveryReceipts {
  private final StanzaStream stream;
  private final Presence presence;

  public DeliveryReceipts(StanzaStream stream, Presence presence) {
    this.stream = stream;
    this.presence = presence;
  }

  /** The message was read and is stored. */
  void delivered(InboundStanza stanza, boolean own) throws InterruptedException {
    NodeBuilder receipt =
        Node.builder("receipt").attribute("id", stanza.id()).attribute("to", stanza.from());
    if (stanza.peer()) {
      receipt.attribute("type", "peer_msg");
    } else if (own) {
      receipt.attribute("type", "sender");
      stanza.recipient().ifPresent(recipient -> receipt.attribute("recipient", recipient));
    } else if (!presence.isAvailable()) {
      receipt.attribute("type", "inactive");
    }
    stream.send(receipt.build());
  }

  /** The part of the history that the message announced was taken. */
  void historyTaken(InboundStanza stanza) throws InterruptedException {
    stream.send(
        Node.builder("receipt")
            .attribute("id", stanza.id())
            .attribute("to", stanza.from().withoutDevice())
            .attribute("type", "hist_sync")
            .build());
  }

  /** The message was stored without being read. */
  void acknowledge(InboundStanza stanza) throws InterruptedException {
    stream.send(Courtesy.ack(stanza.node()));
  }
}
