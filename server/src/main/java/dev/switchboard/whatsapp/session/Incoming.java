package dev.switchboard.whatsapp.session;

import dev.switchboard.whatsapp.link.Order;
import dev.switchboard.whatsapp.wire.Node;

/** What the session's thread deals with next. */
sealed interface Incoming {
  /** A stanza of the server that nobody waits for. */
  record Stanza(Node node) implements Incoming {}

  /** Something to do for another thread. */
  record Ordered(Order order) implements Incoming {}

  /** The time given passed. */
  record Nothing() implements Incoming {}
}
