package dev.switchboard.sandbox.link;

import dev.switchboard.whatsapp.wire.Node;

/** Something that leaves on a connection. */
sealed interface Outbound {
  record Stanza(Node stanza) implements Outbound {}

  /** The end of the connection. */
  record End() implements Outbound {}
}
