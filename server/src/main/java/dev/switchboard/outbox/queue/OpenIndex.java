package dev.switchboard.outbox.queue;

import dev.switchboard.outbox.queue.compact.CompactId;
import dev.switchboard.outbox.queue.compact.Hashes;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds open messages by id: open addressing with linear probing, since a map of boxed keys would
 * take four times the memory. Guarded by its queue's lock.
 */
final class OpenIndex {
  private static final int SMALLEST = 8;

  private @Nullable OpenMessage[] slots = new OpenMessage[SMALLEST];
  private int size;

  int size() {
    return size;
  }

  @Nullable OpenMessage find(CompactId id) {
    for (int slot = slotOf(id.head()); slots[slot] != null; slot = after(slot)) {
      OpenMessage found = slots[slot];
      if (found != null && found.is(id)) {
        return found;
      }
    }
    return null;
  }

  void add(OpenMessage message) {
    if (size >= slots.length / 2) {
      resize(slots.length * 2);
    }
    place(message);
    size++;
  }

  void remove(OpenMessage message) {
    int slot = slotOf(message.head());
    while (slots[slot] != message) {
      if (slots[slot] == null) {
        return;
      }
      slot = after(slot);
    }
    slots[slot] = null;
    size--;
    closeGap(slot);
    if (slots.length > SMALLEST && size < slots.length / 8) {
      resize(slots.length / 2);
    }
  }

  void forEach(Consumer<OpenMessage> visitor) {
    for (OpenMessage message : slots) {
      if (message != null) {
        visitor.accept(message);
      }
    }
  }

  void clear() {
    slots = new OpenMessage[SMALLEST];
    size = 0;
  }

  /** What probed past the freed slot is placed anew, up to the next free one. */
  private void closeGap(int freed) {
    for (int slot = after(freed); slots[slot] != null; slot = after(slot)) {
      OpenMessage moved = slots[slot];
      slots[slot] = null;
      if (moved != null) {
        place(moved);
      }
    }
  }

  private void resize(int capacity) {
    @Nullable OpenMessage[] before = slots;
    slots = new OpenMessage[capacity];
    for (OpenMessage message : before) {
      if (message != null) {
        place(message);
      }
    }
  }

  private void place(OpenMessage message) {
    int slot = slotOf(message.head());
    while (slots[slot] != null) {
      slot = after(slot);
    }
    slots[slot] = message;
  }

  private int slotOf(long head) {
    return (int) Hashes.mix(head) & (slots.length - 1);
  }

  private int after(int slot) {
    return (slot + 1) & (slots.length - 1);
  }
}
