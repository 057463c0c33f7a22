package dev.switchboard.event.reading;

import dev.switchboard.event.Event;
import java.util.ArrayList;
import java.util.List;

/** Collects what a selection wants, up to a number and to some bytes. */
final class Take {
  /** A page is not larger, but for one event at least. */
  private static final long MOST_BYTES = 1 << 20;

  private final Selection selection;
  private final int most;
  private final List<Event> events = new ArrayList<>();
  private long bytes;

  Take(Selection selection, int most) {
    this.selection = selection;
    this.most = most;
  }

  /** Whether it was taken, or is not wanted; not when there is no room for it. */
  boolean offer(Event event) {
    if (!selection.wants(event)) {
      return true;
    }
    if (events.size() >= most
        || (!events.isEmpty() && bytes + event.content().length > MOST_BYTES)) {
      return false;
    }
    events.add(event);
    bytes += event.content().length;
    return true;
  }

  List<Event> events() {
    return events;
  }
}
