package dev.switchboard.sandbox.stanza;

import dev.switchboard.sandbox.companion.Bootstrap;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Client;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.util.LinkedHashMap;
import java.util.List;

/** The moment a client is ready for what waited while it was away. */
final class Activation {
  private final Bootstrap bootstrap;

  Activation(Bootstrap bootstrap) {
    this.bootstrap = bootstrap;
  }

  /** Sends what is queued, says how much that was, and lets the phone greet a new companion. */
  void activate(Client client, Change change) {
    List<Node> waiting = change.state().queues().waiting(client.device());
    waiting.forEach(stanza -> change.say(client.link(), offline(stanza)));
    change.say(
        client.link(),
        Node.builder("ib")
            .attribute("from", Jid.WHATSAPP)
            .child(Node.builder("offline").attribute("count", waiting.size()).build())
            .build());
    change.activate(client.device(), client.link());
    greet(client, change);
  }

  private void greet(Client client, Change change) {
    DeviceRecord device = change.state().devices().find(client.device()).orElseThrow();
    if (device.getBootstrapped() || change.state().prekeys().count(client.device()) == 0) {
      return; // Without prekeys the phone waits: the upload calls again.
    }
    change.state().devices().put(client.device(), device.toBuilder().setBootstrapped(true).build());
    AccountRecord account = change.state().accounts().find(client.device().account()).orElseThrow();
    bootstrap.run(change, account, client.device());
  }

  /** After an upload of prekeys. */
  void prekeysArrived(Client client, Change change) {
    if (change.isActive(client.device())) {
      greet(client, change);
    }
  }

  private static Node offline(Node stanza) {
    var attributes = new LinkedHashMap<>(stanza.attributes());
    attributes.put("offline", "0");
    return new Node(stanza.tag(), attributes, stanza.content());
  }
}
