package dev.switchboard.whatsapp;

import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.RoutingStore;
import dev.switchboard.whatsapp.appstate.AppState;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.util.Map;
import java.util.Optional;

/** What the server says to a connection rather than to the account: {@code <ib>}. */
final class Broadcasts {
  /** As independent clients ask. */
  private static final Node NEXT_BATCH =
      Node.of("ib", Node.of("offline_batch", Map.of("count", "100")));

  private static final String DIRTY_APP_STATE = "syncd_app_state";

  private final RoutingStore routing;
  private final StanzaStream stream;
  private final AppState appState;

  Broadcasts(AccountState account, StanzaStream stream, AppState appState) {
    this.routing = new RoutingStore(account.records());
    this.stream = stream;
    this.appState = appState;
  }

  void receive(Node broadcast) throws InterruptedException {
    Optional<Node> edge = broadcast.descendant("edge_routing", "routing_info");
    if (edge.isPresent()) {
      routing.keep(edge.get().bytes());
    }
    if (broadcast.child("offline_preview").isPresent()) {
      stream.send(NEXT_BATCH);
    }
    Optional<Node> dirty = broadcast.child("dirty");
    if (dirty.filter(each -> each.has("type", DIRTY_APP_STATE)).isPresent()) {
      appState.everythingIsDue();
      clean(dirty.get());
    }
  }

  /** Says that it was heard; nobody waits for the answer. */
  private void clean(Node dirty) throws InterruptedException {
    stream.send(
        Node.builder("iq")
            .attribute("id", stream.nextId())
            .attribute("to", Jid.WHATSAPP)
            .attribute("type", "set")
            .attribute("xmlns", "urn:xmpp:whatsapp:dirty")
            .child(
                Node.builder("clean")
                    .attribute("type", DIRTY_APP_STATE)
                    .attribute("timestamp", dirty.attribute("timestamp"))
                    .build())
            .build());
  }
}
