package dev.switchboard.event.reading;

import dev.switchboard.event.Event;
import java.util.List;

/** What a reader gets next. */
public sealed interface Page {
  /** The position to go on at: everything before it was told, or is not wanted. */
  long next();

  /** Events in their order; none when there was none in time. */
  record Events(List<Event> events, long next) implements Page {
    public Events {
      events = List.copyOf(events);
    }
  }

  /**
   * Events may be missing: retention deleted those from {@code from} on, up to {@code next}, before
   * the reader came to them.
   */
  record Gap(long from, long next) implements Page {}
}
