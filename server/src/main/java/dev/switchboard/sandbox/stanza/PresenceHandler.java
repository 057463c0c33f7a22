package dev.switchboard.sandbox.stanza;

import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Client;
import dev.switchboard.sandbox.presence.Onlookers;
import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.whatsapp.wire.Node;

/** Takes the name a client goes by, whether it is online, and of whom it wants to be told. */
final class PresenceHandler implements StanzaHandler {
  private static final int LONGEST_NAME = 100;

  @Override
  public void handle(Client client, Node presence, Change change) {
    presence
        .attribute("name")
        .filter(name -> !name.isEmpty() && name.length() <= LONGEST_NAME)
        .ifPresent(name -> rename(client, name, change));
    // Without a type it says "available" (measured with independent clients).
    switch (presence.attribute("type").orElse("available")) {
      case "available" -> Onlookers.see(change, client.device(), true);
      case "unavailable" -> Onlookers.see(change, client.device(), false);
      case "subscribe" -> Onlookers.follow(change, client, presence);
      default -> {
        // Of groups and calls, which are not simulated.
      }
    }
  }

  private static void rename(Client client, String name, Change change) {
    DeviceRecord device = change.state().devices().find(client.device()).orElseThrow();
    if (!device.getPushName().equals(name)) {
      change.state().devices().put(client.device(), device.toBuilder().setPushName(name).build());
    }
  }
}
