package dev.switchboard.event.reading;

import dev.switchboard.event.Event;
import dev.switchboard.model.AccountKey;
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

  /**
   * An event that may be wanted cannot be read, since its file was damaged.
   *
   * @param sequence which of the account's events it is
   */
  record Damaged(AccountKey account, long sequence, long next) implements Page {}
}
