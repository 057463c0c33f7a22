package dev.switchboard.sandbox.stanza;

import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Client;
import dev.switchboard.whatsapp.wire.Node;

/** Answers the requests of one namespace. */
@FunctionalInterface
interface RequestHandler {
  /**
   * The answer to a request.
   *
   * @throws dev.switchboard.whatsapp.wire.WireException if the request lacks what it needs
   */
  Node answer(Client client, Node request, Change change);
}
