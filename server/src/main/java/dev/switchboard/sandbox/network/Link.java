package dev.switchboard.sandbox.network;

import dev.switchboard.whatsapp.wire.Node;

/** The connection of a client as the network sees it. */
public interface Link {
  /**
   * Puts a stanza at the end of what leaves. Called under the network's lock, so the order is that
   * of the changes; must not block.
   */
  void offer(Node stanza);

  /** As the last thing that leaves: closes the connection. Called under the network's lock. */
  void offerEnd();

  /** Closes at once and without a word, as a broken network does; must not block. */
  void abort();

  /** Writes what was offered. Called without the lock. */
  void drain();
}
