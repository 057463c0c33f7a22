package dev.switchboard.outbox.queue;

import dev.switchboard.pacing.Turns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The first messages of lanes, by urgency, then by age. What lies here may be outdated: whoever
 * takes from it asks whether it still holds. Guarded by its queue's lock.
 */
final class Ready {
  /** So many of one priority in a row, then one of a lower one: nothing is starved. */
  static final int RUN = Turns.RUN;

  private final List<PriorityQueue<OpenMessage>> heaps = new ArrayList<>(Turns.PRIORITIES);
  private final Turns turns = new Turns();

  Ready() {
    for (int i = 0; i < Turns.PRIORITIES; i++) {
      heaps.add(new PriorityQueue<>(1, Comparator.comparingLong(OpenMessage::order)));
    }
  }

  void add(OpenMessage message) {
    if (!message.ready()) {
      message.ready(true);
      heaps.get(message.priorityIndex()).add(message);
    }
  }

  /** The message to take next of those that still hold; the others are dropped. */
  @Nullable OpenMessage first(Predicate<OpenMessage> holds) {
    for (PriorityQueue<OpenMessage> heap : heaps) {
      for (OpenMessage top = heap.peek(); top != null && !holds.test(top); top = heap.peek()) {
        heap.remove();
        top.ready(false);
      }
    }
    int chosen = turns.next(this::waits);
    return chosen < 0 ? null : heaps.get(chosen).peek();
  }

  /** Takes the message that {@link #first} returned. */
  void take(OpenMessage message) {
    int priority = message.priorityIndex();
    heaps.get(priority).remove();
    message.ready(false);
    turns.took(priority, this::waits);
  }

  /** Lets go of the messages that are finished. */
  void sweep() {
    heaps.forEach(heap -> heap.removeIf(message -> message.place() == OpenMessage.Place.GONE));
  }

  void clear() {
    heaps.forEach(PriorityQueue::clear);
  }

  private boolean waits(int priority) {
    return !heaps.get(priority).isEmpty();
  }
}
