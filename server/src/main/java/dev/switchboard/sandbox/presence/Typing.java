package dev.switchboard.sandbox.presence;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.account.Jids;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;

/** Shows people what others do in their chats, while they are online; kept for nobody. */
public final class Typing {
  private Typing() {}

  /**
   * Tells the devices of a person on which the person is seen what somebody does.
   *
   * @param form what kind of name the person is told
   */
  public static void tell(
      Change change, AccountRecord somebody, AccountRecord person, Jid form, Node state) {
    Node told =
        Node.builder("chatstate")
            .attribute("from", Jids.like(form, somebody, 0))
            .child(state)
            .build();
    change.state().devices().of(person.getPhoneNumber()).stream()
        .map(device -> new DeviceAddress(person.getPhoneNumber(), device.getId()))
        .filter(change.sightings()::isSeenOn)
        .forEach(device -> change.tell(device, told));
  }
}
