package dev.switchboard.interop.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** What a peer told and no test took yet, in order. */
final class PeerEvents {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final List<PeerEvent> waiting = new ArrayList<>();
  private final List<String> all = new ArrayList<>();
  private final String peer;

  PeerEvents(String peer) {
    this.peer = peer;
  }

  void add(String line) {
    lock.lock();
    try {
      all.add(line);
      waiting.add(PeerEvent.parse(line));
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the first event of that name that passes, waiting for it at most that long. */
  PeerEvent await(String name, Duration longest, Predicate<PeerEvent> wanted) {
    return poll(longest, event -> event.name().equals(name) && wanted.test(event))
        .orElseThrow(() ->
            new AssertionError(
                peer + " did not tell " + name + " within " + longest + ", only " + told()));
  }

  /** Takes the first event that passes, if one comes in that time. */
  Optional<PeerEvent> poll(Duration longest, Predicate<PeerEvent> wanted) {
    long remaining = longest.toNanos();
    lock.lock();
    try {
      while (true) {
        Optional<PeerEvent> found = take(wanted);
        if (found.isPresent() || remaining <= 0) {
          return found;
        }
        remaining = arrived.awaitNanos(remaining);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private Optional<PeerEvent> take(Predicate<PeerEvent> wanted) {
    for (Iterator<PeerEvent> events = waiting.iterator(); events.hasNext(); ) {
      PeerEvent event = events.next();
      if (wanted.test(event)) {
        events.remove();
        return Optional.of(event);
      }
    }
    return Optional.empty();
  }

  private String told() {
    lock.lock();
    try {
      return all.toString();
    } finally {
      lock.unlock();
    }
  }
}
