package dev.switchboard.sandbox.stanza;

import dev.switchboard.sandbox.companion.Bootstrap;
import dev.switchboard.sandbox.device.DeviceLists;
import dev.switchboard.sandbox.device.Removal;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.media.MediaHost;
import dev.switchboard.sandbox.message.MessageHandler;
import dev.switchboard.sandbox.message.ReceiptHandler;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Client;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.sandbox.phone.Phones;
import dev.switchboard.sandbox.phone.signal.Bundles;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.util.Map;

/** Hands each stanza of a logged-in client to the handler of its family. */
public final class StanzaRouter {
  private static final StanzaHandler NOTHING = (_, _, _) -> {};

  private final Activation activation;
  private final Map<String, StanzaHandler> handlers;

  public StanzaRouter(
      Phones phones,
      Bootstrap bootstrap,
      Bundles bundles,
      DeviceLists lists,
      Removal removal,
      MediaHost media,
      Faults faults) {
    this.activation = new Activation(bootstrap);
    this.handlers =
        Map.of(
            "iq",
            new RequestRouter(activation, bundles, lists, removal, media, faults),
            "message",
            new MessageHandler(phones, faults)::handle,
            "receipt",
            new ReceiptHandler(phones)::handle,
            "ack",
            StanzaRouter::acknowledge,
            "presence",
            new PresenceHandler(),
            "chatstate",
            new ChatStateHandler(),
            "ib",
            NOTHING);
  }

  /** Handles what a client said; what is not a stanza of any family is counted. */
  public void handle(Client client, Node stanza, Change change) {
    if (change.state().devices().find(client.device()).isEmpty()) {
      return; // It was unlinked while this was on its way.
    }
    StanzaHandler handler = handlers.get(stanza.tag());
    if (handler == null) {
      change.state().refusals().count(Refusal.UNKNOWN_REQUEST);
      return;
    }
    try {
      handler.handle(client, stanza, change);
    } catch (WireException e) {
      change.state().refusals().count(Refusal.MALFORMED_STANZA);
    }
  }

  /** From now on the client gets what waits for it and whatever comes. */
  public void activate(Client client, Change change) {
    activation.activate(client, change);
  }

  private static void acknowledge(Client client, Node ack, Change change) {
    String tag = ack.requiredAttribute("class");
    String id = ack.requiredAttribute("id");
    var queues = change.state().queues();
    ack.jid("to")
        .ifPresentOrElse(
            from -> queues.acknowledge(client.device(), tag, id, from),
            () -> queues.acknowledge(client.device(), tag, id));
  }
}
