package dev.switchboard.loadtest.webhooks;

import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.EventKind;
import dev.switchboard.api.v1.EventSelection;
import dev.switchboard.api.v1.EventStart;
import dev.switchboard.api.v1.ListEventsRequest;
import dev.switchboard.api.v1.ListEventsResponse;
import dev.switchboard.loadtest.client.EventClient;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The events of a kind that there are, by the log of events. Belongs to one thread. */
final class Told {
  private static final int LARGEST_PAGE = 500;

  private final EventClient client;
  private final EventKind kind;
  private final Duration patience;
  private final Set<String> ids = new HashSet<>();
  private String cursor = "";

  Told(EventClient client, EventKind kind, Duration patience) {
    this.client = client;
    this.kind = kind;
    this.patience = patience;
  }

  /** Reads what is there by now; returns how many there are. */
  int read() {
    ListEventsResponse page;
    do {
      page = client.page(next(), patience);
      page.getEventsList().stream().map(Event::getEventId).forEach(ids::add);
      cursor = page.getNextCursor();
    } while (page.getMore());
    return ids.size();
  }

  /** How many were not taken. */
  int missedBy(Taken taken) {
    var missed = new HashSet<>(ids);
    missed.removeAll(taken.ids());
    return missed.size();
  }

  private ListEventsRequest next() {
    var request =
        ListEventsRequest.newBuilder()
            .setPageSize(LARGEST_PAGE)
            .setSelection(EventSelection.newBuilder().addKinds(kind));
    if (!cursor.isEmpty()) {
      request.setStart(EventStart.newBuilder().setCursor(cursor));
    }
    return request.build();
  }
}
