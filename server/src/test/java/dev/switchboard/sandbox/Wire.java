package dev.switchboard.sandbox;

import dev.switchboard.sandbox.companion.Companion;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Small things that tests say and hear on the wire. */
final class Wire {
  private static final String PING = "a-ping";

  private Wire() {}

  static Node ping() {
    return Node.builder("iq")
        .attribute("id", PING)
        .attribute("to", Jid.WHATSAPP)
        .attribute("type", "get")
        .attribute("xmlns", "w:p")
        .build();
  }

  static Node presenceOf(Companion companion) {
    return Node.of("presence", Map.of("type", "available", "name", companion.jid().user()));
  }

  /** What a client hears before the answer to a ping: everything that left earlier. */
  static List<Node> heardUntilPong(Companion companion) {
    companion.socket().send(ping());
    var heard = new ArrayList<Node>();
    Node next = companion.socket().receive().orElseThrow();
    while (!(next.tag().equals("iq") && next.has("id", PING))) {
      heard.add(next);
      next = companion.socket().receive().orElseThrow();
    }
    return heard;
  }
}
