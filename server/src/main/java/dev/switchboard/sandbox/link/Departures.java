package dev.switchboard.sandbox.link;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What is to leave on one connection, in order, each at its time. */
final class Departures {
  /** Offered and not yet written; a queue of offline messages has to fit. */
  static final int MOST_WAITING = 8_192;

  private final Deque<Departure> waiting = new ArrayDeque<>();
  private long lastDue = System.nanoTime();

  /** False when too much waits already. */
  synchronized boolean add(Outbound what, Duration after) {
    if (waiting.size() >= MOST_WAITING) {
      return false;
    }
    long due = System.nanoTime() + after.toNanos();
    lastDue = due - lastDue > 0 ? due : lastDue;
    waiting.add(new Departure(what, lastDue));
    return true;
  }

  /** The next one if its time has come. */
  synchronized Optional<Outbound> poll() {
    Departure next = waiting.peek();
    if (next == null || next.due() - System.nanoTime() > 0) {
      return Optional.empty();
    }
    waiting.remove();
    return Optional.of(next.what());
  }

  /** How long until the next one leaves, if there is one. */
  synchronized Optional<Duration> nextIn() {
    return Optional.ofNullable(waiting.peek())
        .map(next -> Duration.ofNanos(Math.max(0, next.due() - System.nanoTime())));
  }

  private record Departure(Outbound what, long due) {}
}
