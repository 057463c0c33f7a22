package dev.switchboard.outbox.queue;

import org.jspecify.annotations.Nullable;

/**
 * Finds lanes by the hashes of their names: open addressing with linear probing, since a map of
 * boxed keys takes more than twice the memory. Guarded by its queue's lock.
 */
final class LaneIndex {
  private static final int SMALLEST = 8;

  private long[] names = new long[SMALLEST];
  private @Nullable Lane[] lanes = new Lane[SMALLEST];
  private int size;

  @Nullable Lane find(long name) {
    return lanes[slotOf(name)];
  }

  /** The name stands for this lane from now on. */
  void put(long name, Lane lane) {
    if (size >= lanes.length / 4 * 3) {
      resize(lanes.length * 2);
    }
    int slot = slotOf(name);
    size += lanes[slot] == null ? 1 : 0;
    names[slot] = name;
    lanes[slot] = lane;
  }

  void remove(long name) {
    int freed = slotOf(name);
    if (lanes[freed] == null) {
      return;
    }
    lanes[freed] = null;
    size--;
    closeGap(freed);
    if (lanes.length > SMALLEST && size < lanes.length / 8) {
      resize(lanes.length / 2);
    }
  }

  void clear() {
    names = new long[SMALLEST];
    lanes = new Lane[SMALLEST];
    size = 0;
  }

  /** What probed past the freed slot is placed anew, up to the next free one. */
  private void closeGap(int freed) {
    for (int slot = after(freed); lanes[slot] != null; slot = after(slot)) {
      Lane moved = lanes[slot];
      lanes[slot] = null;
      place(names[slot], moved);
    }
  }

  private void resize(int capacity) {
    long[] namesBefore = names;
    @Nullable Lane[] lanesBefore = lanes;
    names = new long[capacity];
    lanes = new Lane[capacity];
    for (int slot = 0; slot < lanesBefore.length; slot++) {
      if (lanesBefore[slot] != null) {
        place(namesBefore[slot], lanesBefore[slot]);
      }
    }
  }

  private void place(long name, @Nullable Lane lane) {
    int slot = slotOf(name);
    names[slot] = name;
    lanes[slot] = lane;
  }

  /** Where the name is, or where it would be put. */
  private int slotOf(long name) {
    int slot = (int) Hashes.mix(name) & (lanes.length - 1);
    while (lanes[slot] != null && names[slot] != name) {
      slot = after(slot);
    }
    return slot;
  }

  private int after(int slot) {
    return (slot + 1) & (lanes.length - 1);
  }
}
