package dev.switchboard.webhook.queue;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Deliveries in the order in which they must arrive. One waits until it is the first in each of its
 * lanes. All lanes hold theirs in the same order, so somebody is always first. A lane with nothing
 * in it is not there.
 */
final class Lanes {
  private static final Comparator<OpenDelivery> BY_ARRIVAL =
      Comparator.comparingLong(open -> open.arrival);

  private final Map<Long, Deque<OpenDelivery>> lanes = new HashMap<>();

  /** The first ones that are not flying: such as may go in their turn, and such as wait. */
  private final NavigableSet<OpenDelivery> ready = new TreeSet<>(BY_ARRIVAL);

  private final NavigableSet<OpenDelivery> waiting =
      new TreeSet<>(Comparator.comparing(Lanes::due).thenComparing(BY_ARRIVAL));

  private long arrivals;
  private int size;

  int size() {
    return size;
  }

  /** How many lanes there are. */
  int count() {
    return lanes.size();
  }

  /** Behind all others. */
  void add(OpenDelivery open) {
    open.arrival = arrivals++;
    for (long key : open.lanes()) {
      lanes.computeIfAbsent(key, _ -> new ArrayDeque<>(1)).add(open);
    }
    size++;
    enter(open);
  }

  /** One that came to its end, from wherever it is. */
  void remove(OpenDelivery open) {
    leave(open);
    for (long key : open.lanes()) {
      Deque<OpenDelivery> lane = lane(key);
      var _ = lane.remove(open);
      if (lane.isEmpty()) {
        lanes.remove(key);
      }
    }
    size--;
    for (long key : open.lanes()) {
      Deque<OpenDelivery> lane = lanes.get(key);
      if (lane != null) {
        enter(lane.getFirst());
      }
    }
  }

  /** One that is posted now, and keeps its place meanwhile. */
  void fly(OpenDelivery open) {
    leave(open);
    open.flying = true;
  }

  /** One that came back and is to be posted again. */
  void back(OpenDelivery open) {
    open.flying = false;
    enter(open);
  }

  /** Moves those that are due by now to those that may go. */
  void wake(Instant now) {
    while (!waiting.isEmpty() && !due(waiting.getFirst()).isAfter(now)) {
      ready.add(waiting.removeFirst());
    }
  }

  NavigableSet<OpenDelivery> ready() {
    return ready;
  }

  NavigableSet<OpenDelivery> waiting() {
    return waiting;
  }

  /** All of these but those that the receiver wants later. */
  Stream<OpenDelivery> free() {
    return Stream.concat(ready.stream(), waiting.stream().filter(open -> !open.held()));
  }

  /** Lets those go at once that wait for a receiver that is back. */
  void hurry() {
    List<OpenDelivery> freed = waiting.stream().filter(open -> !open.held()).toList();
    for (OpenDelivery open : freed) {
      waiting.remove(open);
      open.hurry();
      ready.add(open);
    }
  }

  /** Those that share a lane with it: before and behind it. */
  Collection<Deque<OpenDelivery>> of(OpenDelivery open) {
    return Arrays.stream(open.lanes()).mapToObj(this::lane).toList();
  }

  /** Those behind which it would come. */
  Stream<OpenDelivery> lasts(OpenDelivery open) {
    return Arrays.stream(open.lanes())
        .mapToObj(lanes::get)
        .filter(Objects::nonNull)
        .map(Deque::getLast);
  }

  private void enter(OpenDelivery open) {
    if (open.flying || !first(open)) {
      return;
    }
    if (open.dueAt() == null) {
      ready.add(open);
    } else {
      waiting.add(open);
    }
  }

  private void leave(OpenDelivery open) {
    ready.remove(open);
    if (open.dueAt() != null) {
      waiting.remove(open);
    }
  }

  private boolean first(OpenDelivery open) {
    for (long key : open.lanes()) {
      if (lane(key).getFirst() != open) {
        return false;
      }
    }
    return true;
  }

  private Deque<OpenDelivery> lane(long key) {
    Deque<OpenDelivery> lane = lanes.get(key);
    if (lane == null) {
      throw new IllegalStateException("a delivery is in no lane");
    }
    return lane;
  }

  private static Instant due(OpenDelivery open) {
    Instant due = open.dueAt();
    return due == null ? Instant.MIN : due;
  }
}
