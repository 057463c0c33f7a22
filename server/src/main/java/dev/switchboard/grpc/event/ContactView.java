package dev.switchboard.grpc.event;

import dev.switchboard.api.v1.ContactEvent;
import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.EventGap;
import dev.switchboard.api.v1.Subscribed;
import dev.switchboard.api.v1.WatchContactsResponse;
import dev.switchboard.grpc.call.EventStream;
import dev.switchboard.model.event.EventKind;
import java.util.Set;

/** What becomes known of people. */
public final class ContactView implements EventView<WatchContactsResponse> {
  private static final Set<EventKind> KINDS =
      Set.of(
          EventKind.CONTACT_MERGED, EventKind.CONTACT_IDENTITY_CHANGED, EventKind.CONTACT_UPDATED);

  @Override
  public Set<EventKind> kinds() {
    return KINDS;
  }

  @Override
  public void begin(EventStream<WatchContactsResponse> stream, String cursor, boolean resumed)
      throws InterruptedException {
    stream.write(
        WatchContactsResponse.newBuilder()
            .setSubscribed(Subscribed.getDefaultInstance())
            .setCursor(cursor)
            .build());
  }

  @Override
  public WatchContactsResponse told(Event event) {
    var told = ContactEvent.newBuilder();
    switch (event.getPayloadCase()) {
      case CONTACT_MERGED -> told.setMerged(event.getContactMerged());
      case CONTACT_IDENTITY_CHANGED -> told.setIdentityChanged(event.getContactIdentityChanged());
      case CONTACT_UPDATED -> told.setUpdated(event.getContactUpdated());
      default -> throw new IllegalArgumentException("no event of contacts: " + event.getKind());
    }
    return WatchContactsResponse.newBuilder().setEvent(told).setCursor(event.getCursor()).build();
  }

  @Override
  public void gap(EventStream<WatchContactsResponse> stream, String cursor)
      throws InterruptedException {
    stream.write(
        WatchContactsResponse.newBuilder()
            .setGap(EventGap.newBuilder().setCursor(cursor))
            .setCursor(cursor)
            .build());
  }
}
