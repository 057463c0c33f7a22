package dev.switchboard.event.reading;

import dev.switchboard.event.Event;
import dev.switchboard.event.log.EventLog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Events that are read from the log. What somebody read is kept for a while, as far as there is
 * room, since readers that fell behind together read the same.
 */
final class OlderEvents {
  private static final long EVENT_BYTES = 220;

  private final EventLog log;
  private final long mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Event> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  OlderEvents(EventLog log, long mostBytes) {
    this.log = log;
    this.mostBytes = mostBytes;
  }

  /** The event at a position; empty when its kind is not wanted, or its file was deleted. */
  Optional<Event> read(long position, Selection selection) {
    Event known = known(position);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Event> event = log.event(position, head -> selection.wants(head.kind()));
    event.ifPresent(this::keep);
    return event;
  }

  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Event known(long position) {
    lock.lock();
    try {
      return kept.get(position);
    } finally {
      lock.unlock();
    }
  }

  private void keep(Event event) {
    lock.lock();
    try {
      if (kept.putIfAbsent(event.position(), event) == null) {
        bytes += size(event);
      }
      var oldest = kept.values().iterator();
      while (bytes > mostBytes && oldest.hasNext()) {
        bytes -= size(oldest.next());
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  private static long size(Event event) {
    return EVENT_BYTES + event.content().length;
  }
}
