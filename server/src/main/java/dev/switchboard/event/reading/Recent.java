package dev.switchboard.event.reading;

import dev.switchboard.event.Event;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest events, shared by all readers, bounded in number, in bytes and in age. One thread at a
 * time changes it; any number look, without waiting for it or each other.
 */
final class Recent {
  /** What an event takes beside its content. */
  private static final long EVENT_BYTES = 160;

  private final AtomicReferenceArray<@Nullable Event> slots;
  private final long mostBytes;
  private long bytes;

  /** How many were added and how many of them were taken out again. */
  private volatile long added;

  private volatile long removed;

  /** Everything published from this position on is here. */
  private volatile long from;

  /**
   * @param from nothing before this position will be added
   */
  Recent(int mostEvents, long mostBytes, long from) {
    this.slots = new AtomicReferenceArray<>(mostEvents);
    this.mostBytes = mostBytes;
    this.from = from;
  }

  void add(Event event) {
    long size = size(event);
    while (added > removed && (added - removed == slots.length() || bytes + size > mostBytes)) {
      removeOldest();
    }
    slots.set(slot(added), event);
    bytes += size;
    long count = added; // Nobody else writes it meanwhile.
    added = count + 1;
  }

  /** Lets go of what was recorded before a time. */
  void forgetBefore(Instant time) {
    while (added > removed) {
      Event oldest = slots.get(slot(removed));
      if (oldest != null && !oldest.recordedAt().isBefore(time)) {
        return;
      }
      removeOldest();
    }
  }

  /** Whether everything published from a position on is here. */
  boolean reaches(long position) {
    return from <= position;
  }

  int size() {
    return (int) (added - removed);
  }

  /**
   * What a selection wants of [from, end).
   *
   * @return empty when something of it is not here any more
   */
  Optional<Page.Events> read(Selection selection, long begin, long end, int most) {
    Take take = new Take(selection, most);
    long first = find(begin);
    long next = end;
    for (long i = first; i < added; i++) {
      Event event = slots.get(slot(i));
      if (event == null || event.position() >= end) {
        break;
      }
      if (!take.offer(event)) {
        next = event.position();
        break;
      }
    }
    boolean whole = reaches(begin) && removed <= first; // Nothing went while this looked.
    return whole ? Optional.of(new Page.Events(take.events(), next)) : Optional.empty();
  }

  /** The number of the first event at or after a position; wrong only if it is not here. */
  private long find(long position) {
    long low = removed;
    long high = added;
    while (low < high) {
      long middle = (low + high) >>> 1;
      Event event = slots.get(slot(middle));
      if (event != null && event.position() >= position) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Readers that look at what goes find out by what is set here. */
  private void removeOldest() {
    Event oldest = slots.get(slot(removed));
    if (oldest != null) {
      from = oldest.position() + 1;
      bytes -= size(oldest);
    }
    long count = removed; // Nobody else writes it meanwhile.
    slots.set(slot(count), null);
    removed = count + 1;
  }

  private int slot(long number) {
    return (int) (number % slots.length());
  }

  private static long size(Event event) {
    return EVENT_BYTES + event.content().length;
  }
}
