package dev.switchboard.whatsapp;

import dev.switchboard.whatsapp.appstate.AppState;
import dev.switchboard.whatsapp.health.MessagePath;
import dev.switchboard.whatsapp.link.Timed;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Instant;
import java.util.Set;

/**
 * Probes the way of messages when nothing came along it for long: asks the own phone once more for
 * a key that it shared before, as linked devices do and nobody sees. The server's acknowledgement
 * goes the way that everybody's messages go. See {@code
 * docs/adr/0005-probe-of-the-message-path.md}.
 */
final class Probing implements Timed {
  /** What comes the way of messages. */
  private static final Set<String> THAT_WAY =
      Set.of("message", "receipt", "notification", "ack", "presence", "chatstate", "call");

  private final AppState appState;
  private final MessagePath path;

  Probing(AppState appState, MessagePath path) {
    this.appState = appState;
    this.path = path;
  }

  void heard(Node stanza, Instant now) {
    if (THAT_WAY.contains(stanza.tag())) {
      path.heard(now);
    }
  }

  @Override
  public void tick(Instant now) throws InterruptedException {
    if (!path.isDue(now)) {
      return;
    }
    if (appState.askForKnownKey()) {
      path.probed(now);
    } else {
      path.postponed(now);
    }
  }

  @Override
  public Instant deadline() {
    return path.due();
  }

  /** Since when a probe stays without any answer. */
  Instant unansweredSince() {
    return path.unansweredSince();
  }
}
