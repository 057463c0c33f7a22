package dev.switchboard.loadtest.events;

import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageDirection;
import dev.switchboard.api.v1.MessageStatus;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What events tell of outbound messages, to be compared with what the history says of them. */
public final class Outcomes {
  private final Function<String, Optional<Place>> places;
  private final Map<String, MessageStatus> statuses = new HashMap<>();
  private final Map<Integer, Integer> chats = new HashMap<>();
  private long acceptedTwice;
  private long reordered;

  /**
   * The place of a message, as its text tells.
   *
   * @param chat of all chats of the run
   * @param number of the message in it, in the order of acceptance
   */
  public record Place(int chat, int number) {}

  public Outcomes(Function<String, Optional<Place>> places) {
    this.places = places;
  }

  /** The next event of the log. */
  public void take(Event event) {
    switch (event.getPayloadCase()) {
      case MESSAGE_ACCEPTED -> accepted(event.getMessageAccepted().getMessage());
      case MESSAGE_STATUS_CHANGED -> told(event.getMessageStatusChanged().getMessage());
      case MESSAGE_FAILED -> told(event.getMessageFailed().getMessage());
      case MESSAGE_CANCELLED -> told(event.getMessageCancelled().getMessage());
      case MESSAGE_REQUEUED -> told(event.getMessageRequeued().getMessage());
      default -> {} // Nothing of an outbound message.
    }
  }

  private void accepted(Message message) {
    if (statuses.putIfAbsent(message.getMessageId(), message.getStatus()) != null) {
      acceptedTwice++;
    }
    places
        .apply(message.getText().getText())
        .ifPresent(place -> {
          Integer last = chats.merge(place.chat(), place.number(), Math::max);
          reordered += last > place.number() ? 1 : 0;
        });
  }

  private void told(Message message) {
    if (message.getDirection() == MessageDirection.MESSAGE_DIRECTION_OUTBOUND) {
      statuses.put(message.getMessageId(), message.getStatus());
    }
  }

  /** Messages of the history whose status is not the one that was told last. */
  public long untold(Collection<Message> history) {
    return history.stream()
        .filter(message -> message.getStatus() != statuses.get(message.getMessageId()))
        .count();
  }

  /** Messages that were told as accepted more than once, under different sequences. */
  public long acceptedTwice() {
    return acceptedTwice;
  }

  /** Messages that were told as accepted after a later one of their chat. */
  public long reordered() {
    return reordered;
  }
}
