package dev.switchboard.sandbox.phone.inbox;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.account.Jids;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.phone.signal.Bundles;
import dev.switchboard.sandbox.phone.signal.PrekeyNodes;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import java.util.Optional;

/** What phones say about the messages they got. */
public final class PhoneReceipts {
  /** As independent clients do: the sender gives up as well. */
  private static final int MOST_REQUESTS = 5;

  private static final int KEYS_FROM_REQUEST = 2;

  private final Bundles bundles;

  public PhoneReceipts(Bundles bundles) {
    this.bundles = bundles;
  }

  /** Every companion of the sender learns that the message arrived. */
  void delivered(Change change, Arrival arrival) {
    for (DeviceRecord device : change.state().devices().of(arrival.sender().account())) {
      change.queue(
          new DeviceAddress(arrival.sender().account(), device.getId()),
          receipt(change, arrival).build());
    }
  }

  /** The sending device is asked for the message once more; from the second time on, with keys. */
  void askAgain(Change change, Arrival arrival) {
    int request = arrival.attempt() + 1;
    if (request > MOST_REQUESTS || arrival.sender().isPhone()) {
      return;
    }
    AccountRecord phone = arrival.phone();
    NodeBuilder receipt =
        receipt(change, arrival)
            .attribute("type", "retry")
            .attribute("recipient", recipient(arrival))
            .child(
                Node.builder("retry")
                    .attribute("count", request)
                    .attribute("id", arrival.id())
                    .attribute("t", change.state().seconds())
                    .attribute("v", 1)
                    .build())
            .child(PrekeyNodes.registration(phone.getRegistrationId()));
    if (request >= KEYS_FROM_REQUEST) {
      bundles
          .take(change, new DeviceAddress(phone.getPhoneNumber(), 0))
          .ifPresent(bundle -> receipt.child(PrekeyNodes.keys(bundle)));
    }
    change.queue(arrival.sender(), receipt.build());
  }

  /** The chat of what an own companion sent, as independent clients name it when they ask. */
  private static Optional<String> recipient(Arrival arrival) {
    return Optional.of(arrival)
        .filter(Arrival::isOwn)
        .map(Arrival::chat)
        .filter(chat -> !chat.getPhoneNumber().equals(arrival.phone().getPhoneNumber()))
        .map(chat -> Jids.like(arrival.form(), chat, 0).toString());
  }

  private static NodeBuilder receipt(Change change, Arrival arrival) {
    return Node.builder("receipt")
        .attribute("from", Jids.like(arrival.form(), arrival.phone(), 0))
        .attribute("id", arrival.id())
        .attribute("t", change.state().seconds());
  }
}
