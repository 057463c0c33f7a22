package dev.switchboard.whatsapp.link;

import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Stanzas out and in, and what else waits for the session's thread; for that thread alone. */
public interface StanzaLink {
  /** Writes a stanza. */
  void send(Node node) throws InterruptedException;

  /** The next stanza of the bytes that were fed, or null when they hold no whole one. */
  @Nullable Node poll();

  /** Takes the next bytes of the stream. */
  void feed(byte[] piece);

  /** Waits for the next piece of the stream, or for an order where that is wanted. */
  Mail await(Duration patience, boolean withOrders) throws InterruptedException;
}
