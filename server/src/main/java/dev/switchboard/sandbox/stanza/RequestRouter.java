package dev.switchboard.sandbox.stanza;

import dev.switchboard.sandbox.device.DeviceLists;
import dev.switchboard.sandbox.device.Removal;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.media.MediaHost;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Client;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.sandbox.phone.signal.Bundles;
import dev.switchboard.sandbox.privacy.Timelocks;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.util.HashMap;
import java.util.Map;

/** Hands requests to the handler of their namespace; an unknown one is answered 501. */
final class RequestRouter implements StanzaHandler {
  private static final String APP_STATE = "w:sync:app:state";

  private final Map<String, RequestHandler> handlers = new HashMap<>(Settings.handlers());
  private final Faults faults;

  RequestRouter(
      Activation activation,
      Bundles bundles,
      DeviceLists lists,
      Removal removal,
      MediaHost media,
      Faults faults) {
    this.faults = faults;
    handlers.put("w:m", Settings.mediaConnection(media));
    handlers.put("encrypt", new EncryptHandler(activation, bundles, faults));
    handlers.put("usync", new UsyncHandler(lists, faults));
    handlers.put(APP_STATE, new AppStateHandler(new Collected(media, faults)));
    handlers.put("w:mex", RequestRouter::mex);
    handlers.put("md", new DeviceHandler(removal));
    handlers.put(
        "passive",
        (client, request, change) -> {
          if (request.child("active").isPresent()) {
            activation.activate(client, change);
          }
          return Answers.result(request);
        });
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // The request itself stands for "no answer".
  public void handle(Client client, Node request, Change change) {
    if (request.has("type", "result") || request.has("type", "error")) {
      return; // An answer to something of ours that nobody waits for.
    }
    if (request.has("xmlns", APP_STATE)
        && faults.happens(Fault.APP_STATE_UNANSWERED, client.device())) {
      return;
    }
    // The answer leaves before what it sets off.
    change.sayFirst(client.link(), () -> answer(client, request, change));
  }

  private static Node mex(Client client, Node request, Change change) {
    return Timelocks.answer(change, client.device().account(), request)
        .map(result -> Answers.result(request, result))
        .orElseGet(() -> {
          change.state().refusals().count(Refusal.UNKNOWN_REQUEST);
          return Answers.error(request, Answers.NOT_IMPLEMENTED);
        });
  }

  private Node answer(Client client, Node request, Change change) {
    RequestHandler handler = handlers.get(request.attribute("xmlns").orElse(""));
    if (handler == null) {
      change.state().refusals().count(Refusal.UNKNOWN_REQUEST);
      return Answers.error(request, Answers.NOT_IMPLEMENTED);
    }
    try {
      return handler.answer(client, request, change);
    } catch (WireException e) {
      change.state().refusals().count(Refusal.MALFORMED_STANZA);
      return Answers.error(request, Answers.BAD_REQUEST);
    }
  }
}
