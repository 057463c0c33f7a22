package dev.switchboard.event.reading;

import dev.switchboard.event.Event;
import dev.switchboard.event.log.DamagedEventException;
import dev.switchboard.event.log.EventEntry;
import dev.switchboard.event.log.EventLog;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where readers find events: in memory, or in the log. */
final class EventSource {
  private static final Logger LOG = LoggerFactory.getLogger(EventSource.class);

  /** How many entries are looked at before a reader is given what was found, or goes on. */
  private static final int STEP = 2_000;

  private final EventLog log;
  private final Recent recent;
  private final Segments segments;
  private final OlderEvents older;
  private volatile long end;

  EventSource(EventLog log, ReadingLimits limits) {
    this.log = log;
    end = log.end();
    recent = new Recent(limits.recentEvents(), limits.recentBytes(), end);
    segments = new Segments(log, limits.indexBytes(), Math.max(0, end - 1));
    older = new OlderEvents(log, limits.cacheBytes());
  }

  /** A position greater than that of every event that can be read. */
  long end() {
    return end;
  }

  void endAt(long position) {
    end = position;
  }

  Recent recent() {
    return recent;
  }

  Segments segments() {
    return segments;
  }

  OlderEvents older() {
    return older;
  }

  /** What lies at a position; empty when it is not there any more. */
  Optional<Event> find(Selection selection, long position) {
    if (recent.reaches(position)) {
      Optional<Page.Events> page = recent.read(selection, position, position + 1, 1);
      if (page.isPresent()) {
        return page.get().events().stream().findFirst();
      }
    }
    if (position < log.gone()) {
      return Optional.empty();
    }
    try {
      return older.read(position, selection);
    } catch (IllegalStateException e) {
      if (position >= log.gone()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Some of what a selection wants of [from, end). */
  Page read(Selection selection, long from, long end, int most) throws InterruptedException {
    if (recent.reaches(from)) {
      Optional<Page.Events> page = recent.read(selection, from, end, most);
      if (page.isPresent()) {
        return page.get();
      }
    }
    long gone = log.gone();
    if (from < gone) {
      return new Page.Gap(from, gone);
    }
    try {
      return readOlder(selection, from, end, most);
    } catch (IllegalStateException e) {
      return orGap(from, e);
    }
  }

  private Page readOlder(Selection selection, long from, long end, int most)
      throws InterruptedException {
    Segments.Stretch stretch = segments.stretch(selection, from, end, STEP);
    Take take = new Take(selection, most);
    for (long position : stretch.positions()) {
      try {
        Optional<Event> event = older.read(position, selection);
        if (event.isPresent() && !take.offer(event.get())) {
          return new Page.Events(take.events(), position);
        }
      } catch (DamagedEventException e) {
        // What comes before it is told first, so that nobody is told of it twice.
        return take.events().isEmpty() ? damaged(e) : new Page.Events(take.events(), position);
      }
    }
    // Deletion is announced before it happens: nothing was missing if none is announced by now.
    return log.gone() > from
        ? new Page.Gap(from, log.gone())
        : new Page.Events(take.events(), stretch.next());
  }

  private static Page damaged(DamagedEventException e) {
    LOG.error("An event is passed over that cannot be read", e);
    EventEntry.Head head = e.head();
    return new Page.Damaged(head.account(), head.sequence(), head.position() + 1);
  }

  private Page orGap(long from, IllegalStateException e) {
    long gone = log.gone();
    if (from >= gone) {
      throw e;
    }
    return new Page.Gap(from, gone);
  }
}
