package dev.switchboard.sandbox.stanza;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.device.Removal;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Client;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.whatsapp.wire.Node;
import java.util.Optional;

/** A companion that unlinks itself. */
final class DeviceHandler implements RequestHandler {
  private final Removal removal;

  DeviceHandler(Removal removal) {
    this.removal = removal;
  }

  @Override
  public Node answer(Client client, Node request, Change change) {
    Optional<Node> asked = request.child("remove-companion-device");
    if (asked.isEmpty()) {
      change.state().refusals().count(Refusal.UNKNOWN_REQUEST);
      return Answers.error(request, Answers.NOT_IMPLEMENTED);
    }
    Optional<DeviceAddress> device =
        asked.get().jid("jid").flatMap(change.state().accounts()::address);
    if (device.filter(client.device()::equals).isEmpty()) {
      return Answers.error(request, Answers.FORBIDDEN);
    }
    removal.remove(change, client.device());
    return Answers.result(request);
  }
}
