package dev.switchboard.outbox.queue.compact;

import org.jspecify.annotations.Nullable;

/**
 * Finds things by the hashes of their names: open addressing with linear probing, since a map of
 * boxed keys takes more than twice the memory. Not safe for several threads.
 */
public final class NameIndex<T> {
  private static final int SMALLEST = 8;

  private long[] names = new long[SMALLEST];
  private @Nullable Object[] held = new Object[SMALLEST];
  private int size;

  /** What the name stands for, or null. */
  @SuppressWarnings("unchecked") // Nothing else is put in.
  public @Nullable T find(long name) {
    return (T) held[slotOf(name)];
  }

  /** The name stands for this from now on. */
  public void put(long name, T what) {
    if (size >= held.length / 4 * 3) {
      resize(held.length * 2);
    }
    int slot = slotOf(name);
    size += held[slot] == null ? 1 : 0;
    names[slot] = name;
    held[slot] = what;
  }

  /** The name stands for nothing any more. */
  public void remove(long name) {
    int freed = slotOf(name);
    if (held[freed] == null) {
      return;
    }
    held[freed] = null;
    size--;
    closeGap(freed);
    if (held.length > SMALLEST && size < held.length / 8) {
      resize(held.length / 2);
    }
  }

  /** Forgets every name. */
  public void clear() {
    names = new long[SMALLEST];
    held = new Object[SMALLEST];
    size = 0;
  }

  /** What probed past the freed slot is placed anew, up to the next free one. */
  private void closeGap(int freed) {
    for (int slot = after(freed); held[slot] != null; slot = after(slot)) {
      Object moved = held[slot];
      held[slot] = null;
      place(names[slot], moved);
    }
  }

  private void resize(int capacity) {
    long[] namesBefore = names;
    @Nullable Object[] heldBefore = held;
    names = new long[capacity];
    held = new Object[capacity];
    for (int slot = 0; slot < heldBefore.length; slot++) {
      if (heldBefore[slot] != null) {
        place(namesBefore[slot], heldBefore[slot]);
      }
    }
  }

  private void place(long name, @Nullable Object what) {
    int slot = slotOf(name);
    names[slot] = name;
    held[slot] = what;
  }

  /** Where the name is, or where it would be put. */
  private int slotOf(long name) {
    int slot = (int) Hashes.mix(name) & (held.length - 1);
    while (held[slot] != null && names[slot] != name) {
      slot = after(slot);
    }
    return slot;
  }

  private int after(int slot) {
    return (slot + 1) & (held.length - 1);
  }
}
