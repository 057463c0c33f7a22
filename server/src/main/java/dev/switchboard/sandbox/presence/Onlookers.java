package dev.switchboard.sandbox.presence;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Client;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.sandbox.network.Sightings;
import dev.switchboard.sandbox.privacy.Strangers;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.util.Map;
import java.util.Optional;

/**
 * Tells those who asked for it whether a person is there, for as long as they are online
 * themselves: others are told nothing (read in public sources).
 */
public final class Onlookers {
  private Onlookers() {}

  /** The person is there on that device, or is not. */
  public static void see(Change change, DeviceAddress device, boolean there) {
    long now = change.state().clock().instant().getEpochSecond();
    if (change.sightings().see(device, there, now)) {
      Map<DeviceAddress, Jid> followers = change.sightings().followers(device.account());
      if (!followers.isEmpty()) {
        AccountRecord person = account(change, device.account());
        followers.forEach((follower, name) -> tell(change, follower, person, name));
      }
    }
  }

  /** A connection ended: nobody is seen on it, and it follows nobody. */
  public static void leave(Change change, Client client) {
    if (change.leave(client.device(), client.link())) {
      see(change, client.device(), false);
    }
  }

  /** A client wants to be told of somebody; what is so now is told at once. */
  public static void follow(Change change, Client client, Node subscription) {
    Optional<Jid> name = subscription.jid("to").map(Jid::withoutDevice);
    Optional<AccountRecord> person = name.flatMap(change.state().accounts()::find);
    if (person.isEmpty()) {
      return;
    }
    AccountRecord follower = account(change, client.device().account());
    boolean stranger = Strangers.isKeptOut(change, follower, person.get(), subscription);
    String number = person.get().getPhoneNumber();
    if (stranger || !change.sightings().follow(client.device(), number, name.get())) {
      change.state().refusals().count(stranger ? Refusal.STRANGER : Refusal.TOO_MANY_FOLLOWED);
      return;
    }
    tell(change, client.device(), person.get(), name.get());
  }

  private static void tell(Change change, DeviceAddress follower, AccountRecord person, Jid name) {
    if (change.sightings().isSeenOn(follower)) {
      boolean hidden =
          person.getHidesLastSeen() || account(change, follower.account()).getHidesLastSeen();
      change.tell(follower, presence(change.sightings(), person, name, hidden));
    }
  }

  /** Who hides when they were there is not told it of others either. */
  private static Node presence(
      Sightings sightings, AccountRecord person, Jid name, boolean hidden) {
    var presence = Node.builder("presence").attribute("from", name);
    if (!sightings.isSeen(person.getPhoneNumber())) {
      presence.attribute("type", "unavailable");
      if (hidden) {
        presence.attribute("last", "deny");
      } else {
        sightings
            .left(person.getPhoneNumber())
            .ifPresent(seconds -> presence.attribute("last", seconds));
      }
    }
    return presence.build();
  }

  private static AccountRecord account(Change change, String phoneNumber) {
    return change.state().accounts().find(phoneNumber).orElseThrow();
  }
}
