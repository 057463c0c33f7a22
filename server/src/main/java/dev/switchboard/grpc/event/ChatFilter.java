package dev.switchboard.grpc.event;

import dev.switchboard.api.v1.Peer;
import dev.switchboard.contact.Contacts;
import dev.switchboard.contract.PeerMapper;
import dev.switchboard.contract.event.RecordedEvents;
import dev.switchboard.event.Event;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.util.function.Predicate;

/**
 * What happens in the chat with one person, under the names they had when the reader came. A LID
 * stays with its person; a phone number may go to somebody else, so it counts only where one side
 * has no LID.
 */
final class ChatFilter implements Predicate<Event> {
  private final SharedSteps steps;
  private final Peer wanted;

  private ChatFilter(SharedSteps steps, Peer wanted) {
    this.steps = steps;
    this.wanted = wanted;
  }

  /** Looks up under which names the person is known, if they are. */
  static ChatFilter of(SharedSteps steps, Contacts contacts, AccountKey account, Peer asked) {
    var peer = PeerMapper.toModel(asked, "selection.chat");
    try {
      peer = contacts.find(account, peer).peer();
    } catch (GatewayException e) {
      if (e.reason() != Reason.CONTACT_NOT_FOUND) {
        throw e;
      }
    }
    return new ChatFilter(steps, PeerMapper.toContract(peer));
  }

  @Override
  public boolean test(Event event) {
    return RecordedEvents.chat(steps.step(event).getEvent()).stream().anyMatch(this::same);
  }

  private boolean same(Peer peer) {
    if (!wanted.getLid().isEmpty() && !peer.getLid().isEmpty()) {
      return wanted.getLid().equals(peer.getLid());
    }
    return !wanted.getPhoneNumber().isEmpty()
        && wanted.getPhoneNumber().equals(peer.getPhoneNumber());
  }
}
