package dev.switchboard.whatsapp;

import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.RoutingStore;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Node;
import java.util.Map;
import java.util.Optional;

/** What the server says to a connection rather than to the account: {@code <ib>}. */
final class Broadcasts {
  /** As independent clients ask. */
  private static final Node NEXT_BATCH =
      Node.of("ib", Node.of("offline_batch", Map.of("count", "100")));

  private final RoutingStore routing;
  private final StanzaStream stream;
  private final DirtyBits dirtyBits;

  Broadcasts(AccountState account, StanzaStream stream, DirtyBits dirtyBits) {
    this.routing = new RoutingStore(account.records());
    this.stream = stream;
    this.dirtyBits = dirtyBits;
  }

  void receive(Node broadcast) throws InterruptedException {
    Optional<Node> edge = broadcast.descendant("edge_routing", "routing_info");
    if (edge.isPresent()) {
      routing.keep(edge.get().bytes());
    }
    if (broadcast.child("offline_preview").isPresent()) {
      stream.send(NEXT_BATCH);
    }
    dirtyBits.receive(broadcast);
  }
}
