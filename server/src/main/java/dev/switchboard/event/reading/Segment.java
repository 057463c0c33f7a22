package dev.switchboard.event.reading;

import dev.switchboard.model.AccountKey;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the events of each instance lie in a stretch of the log: 65,536 positions of one file. Two
 * bytes for each event, and some for each instance.
 */
final class Segment {
  private static final int BITS = 16;
  private static final int SIZE = 1 << BITS;
  private static final int FIRST_CAPACITY = 4;
  private static final int ACCOUNT_BYTES = 120;

  private final long number;
  private final Map<AccountKey, Offsets> accounts = new HashMap<>();
  private long bytes;

  /** The first position behind it at which something may lie. */
  private long next;

  Segment(long number) {
    this.number = number;
    this.next = begin(number + 1);
  }

  /** The number of the segment that a position lies in. */
  static long of(long position) {
    return position >>> BITS;
  }

  static long begin(long number) {
    return number << BITS;
  }

  long number() {
    return number;
  }

  long next() {
    return next;
  }

  /** Nothing lies between its end and this position. */
  void followedBy(long position) {
    next = position;
  }

  long bytes() {
    return bytes;
  }

  /** By position. */
  void add(AccountKey account, long position) {
    Offsets offsets = accounts.get(account);
    if (offsets == null) {
      offsets = new Offsets();
      accounts.put(account, offsets);
      bytes += ACCOUNT_BYTES;
    }
    bytes += offsets.add((char) (position & (SIZE - 1)));
  }

  /** The positions of [from, end) that a selection wants, at most so many, in order. */
  long[] matching(Selection selection, long from, long end, int most) {
    BitSet wanted = new BitSet(SIZE);
    int low = Math.clamp(from - begin(number), 0, SIZE);
    int high = Math.clamp(end - begin(number), 0, SIZE);
    if (selection.instances().isEmpty()) {
      accounts.forEach((account, offsets) -> {
        if (account.tenant().equals(selection.tenant())) {
          offsets.mark(wanted, low, high);
        }
      });
    } else {
      selection
          .instances()
          .forEach(instance -> {
            Offsets offsets = accounts.get(new AccountKey(selection.tenant(), instance));
            if (offsets != null) {
              offsets.mark(wanted, low, high);
            }
          });
    }
    return wanted.stream().limit(most).mapToLong(offset -> begin(number) + offset).toArray();
  }

  private static final class Offsets {
    private char[] offsets = new char[FIRST_CAPACITY];
    private int count;

    /** Returns how many bytes more it takes. */
    int add(char offset) {
      int before = offsets.length;
      if (count == before) {
        offsets = Arrays.copyOf(offsets, before + Math.max(FIRST_CAPACITY, before / 2));
      }
      offsets[count++] = offset;
      return 2 * (offsets.length - (count == 1 ? 0 : before));
    }

    void mark(BitSet wanted, int low, int high) {
      int at = low >= SIZE ? count : Arrays.binarySearch(offsets, 0, count, (char) low);
      for (int i = at < 0 ? -at - 1 : at; i < count && offsets[i] < high; i++) {
        wanted.set(offsets[i]);
      }
    }
  }
}
