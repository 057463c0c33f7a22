package dev.switchboard.sandbox.stanza;

import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Client;
import dev.switchboard.whatsapp.wire.Node;

/** Does what a client's stanza asks for. */
@FunctionalInterface
interface StanzaHandler {
  /**
   * Handles the stanza within the change.
   *
   * @throws dev.switchboard.whatsapp.wire.WireException if the stanza lacks what it needs
   */
  void handle(Client client, Node stanza, Change change);
}
