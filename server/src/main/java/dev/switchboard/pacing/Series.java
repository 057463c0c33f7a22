package dev.switchboard.pacing;

import java.util.concurrent.TimeUnit;

/**
 * Times in ascending order, the newest ones of a day: 4 bytes each. A value; one thread appends to
 * the newest version, and any thread may read any version.
 */
final class Series {
  /** As many as the highest budget asks for. */
  static final int KEPT = 10_000;

  static final Series EMPTY = new Series(new Buffer(0, new int[0]), 0);

  /** Before every time. */
  static final long NEVER = Long.MIN_VALUE / 2;

  private static final long DAY = TimeUnit.DAYS.toMillis(1);
  private static final int LEAST_ROOM = 8;

  /** What versions share: those after a version's size are later ones' and never looked at. */
  private static final class Buffer {
    private final long base;
    private final int[] offsets;
    private int used;

    private Buffer(long base, int[] offsets) {
      this.base = base;
      this.offsets = offsets;
    }
  }

  private final Buffer buffer;
  private final int size;

  private Series(Buffer buffer, int size) {
    this.buffer = buffer;
    this.size = size;
  }

  int size() {
    return size;
  }

  long at(int index) {
    return buffer.base + buffer.offsets[index];
  }

  long last() {
    return newest(1);
  }

  /** The k-th time from the end, 1 for the last; NEVER when there are fewer. */
  long newest(int k) {
    return k > size ? NEVER : at(size - k);
  }

  /** How many are later than that time. */
  int countAfter(long time) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (at(middle) > time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return size - low;
  }

  /** With one more time at the end; one that is not later than the last counts as the last. */
  Series plus(long time) {
    long later = Math.max(time, last());
    boolean room = buffer.used == size && size < buffer.offsets.length;
    if (!room || later - buffer.base > Integer.MAX_VALUE) {
      return copy(later, Long.MAX_VALUE, 1).plus(later);
    }
    buffer.offsets[size] = (int) (later - buffer.base);
    buffer.used = size + 1;
    return new Series(buffer, size + 1);
  }

  /** With no time later than that one: what is later becomes it. */
  Series cappedAt(long time) {
    return copy(time, time, 0);
  }

  /** Whether both hold the same times. */
  boolean sameAs(Series other) {
    boolean same = size == other.size;
    for (int i = 0; same && i < size; i++) {
      same = at(i) == other.at(i);
    }
    return same;
  }

  /** Only what counts at that time or later, and no more than is kept. */
  Series current(long time) {
    return countAfter(time - DAY) == size && size <= KEPT ? this : copy(time, Long.MAX_VALUE, 0);
  }

  /** The same, once that frees at least half of it: so it is worth its price. */
  Series trimmed(long time) {
    return countAfter(time - DAY) * 2 > size || size == 0 ? this : current(time);
  }

  /** The same with a buffer of its own, to be appended to by another thread. */
  Series forked() {
    return size == 0 ? this : copy(last(), Long.MAX_VALUE, 1);
  }

  /** What is younger than a day at that time and no more than is kept, with room for more. */
  private Series copy(long now, long cap, int more) {
    int live = Math.min(countAfter(Math.min(now, cap) - DAY), KEPT - more);
    if (live == 0 && more == 0) {
      return EMPTY;
    }
    int from = size - live;
    long base = live == 0 ? now : Math.min(at(from), cap);
    Buffer copy = new Buffer(base, new int[live + Math.max(LEAST_ROOM, live / 4) * more]);
    for (int i = 0; i < live; i++) {
      copy.offsets[i] = (int) (Math.min(at(from + i), cap) - base);
    }
    copy.used = live;
    return new Series(copy, live);
  }
}
