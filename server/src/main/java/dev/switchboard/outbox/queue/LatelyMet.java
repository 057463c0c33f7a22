package dev.switchboard.outbox.queue;

import dev.switchboard.pacing.Familiarity;
import org.jspecify.annotations.Nullable;

/**
 * How well the account knows the recipients whose lanes ended last. Storage follows the journal at
 * a distance: asked at once, it may take somebody for new who was just written to. Guarded by its
 * queue's lock.
 */
final class LatelyMet {
  /** With the shortest gaps that WhatsApp gets, storage may be a minute behind. */
  static final int MOST = 32;

  private final long[] names = new long[MOST];
  private final @Nullable Familiarity[] found = new @Nullable Familiarity[MOST];
  private int next;

  void add(long name, Familiarity familiarity) {
    int index = index(name);
    if (index < 0) {
      index = next;
      next = (next + 1) % MOST;
    }
    names[index] = name;
    found[index] = familiarity;
  }

  /** Null: storage is to be asked. */
  @Nullable Familiarity find(long name) {
    int index = index(name);
    return index < 0 ? null : found[index];
  }

  private int index(long name) {
    for (int index = 0; index < MOST; index++) {
      if (names[index] == name && found[index] != null) {
        return index;
      }
    }
    return -1;
  }
}
