package dev.switchboard.sandbox.stanza;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Client;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.util.Optional;

/** Takes the name a client goes by and whether it is online, and says once who is there. */
final class PresenceHandler implements StanzaHandler {
  private static final int LONGEST_NAME = 100;

  @Override
  public void handle(Client client, Node presence, Change change) {
    presence
        .attribute("name")
        .filter(name -> !name.isEmpty() && name.length() <= LONGEST_NAME)
        .ifPresent(name -> rename(client, name, change));
    if (presence.has("type", "available") || presence.has("type", "unavailable")) {
      change.online(client.device(), presence.has("type", "available"));
    }
    if (presence.has("type", "subscribe")) {
      answer(client, presence, change);
    }
  }

  private static void rename(Client client, String name, Change change) {
    DeviceRecord device = change.state().devices().find(client.device()).orElseThrow();
    if (!device.getPushName().equals(name)) {
      change.state().devices().put(client.device(), device.toBuilder().setPushName(name).build());
    }
  }

  private static void answer(Client client, Node presence, Change change) {
    Optional<Jid> whom = presence.jid("to");
    Optional<AccountRecord> account = whom.flatMap(change.state().accounts()::find);
    if (account.isEmpty()) {
      return;
    }
    boolean there =
        change.state().devices().of(account.get().getPhoneNumber()).stream()
            .map(device -> new DeviceAddress(account.get().getPhoneNumber(), device.getId()))
            .anyMatch(change::isConnected);
    var answer = Node.builder("presence").attribute("from", whom.get());
    if (!there) {
      answer.attribute("type", "unavailable");
    }
    change.say(client.link(), answer.build());
  }
}
