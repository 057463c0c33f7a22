package dev.switchboard.whatsapp.session;

import dev.switchboard.model.instance.AppStateTrouble;
import dev.switchboard.whatsapp.link.Timed;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Instant;
import java.util.List;

/** What a connection is for, once stanzas flow. Called on the session's thread only. */
public interface StanzaHandler extends Timed {
  /** Deals with one stanza of the server; may make requests. */
  void handle(Node stanza) throws InterruptedException;

  /**
   * Since when messages, or probes of their way, were written and none was acknowledged; {@link
   * Instant#MAX} when there are none.
   */
  default Instant unacknowledgedSince() {
    return Instant.MAX;
  }

  /** What is broken although the connection works. */
  default List<AppStateTrouble> troubles() {
    return List.of();
  }
}
