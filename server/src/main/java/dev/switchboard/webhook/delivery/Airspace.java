package dev.switchboard.webhook.delivery;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many attempts of all webhooks may be on their way at once. Who finds no place gets one that
 * is kept for it, in its turn: a webhook with much to post keeps none from the others.
 */
final class Airspace {
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Place> queue = new ArrayDeque<>();
  private int free;

  Airspace(int places) {
    free = places;
  }

  /** Where a webhook asks; it has one place at a time that it waits for. */
  final class Place {
    private final Bell bell;
    private boolean waiting;
    private boolean granted;

    Place(Bell bell) {
      this.bell = bell;
    }

    /** Whether one more may go; otherwise the bell rings when it may. */
    boolean take() {
      lock.lock();
      try {
        if (granted) {
          granted = false;
          return true;
        }
        if (!waiting && free > 0) { // Nobody waits while a place is free.
          free--;
          return true;
        }
        if (!waiting) {
          waiting = queue.add(this);
        }
        return false;
      } finally {
        lock.unlock();
      }
    }

    /** It has nothing to post for the moment. */
    void pass() {
      lock.lock();
      try {
        if (waiting) {
          queue.remove(this);
          waiting = false;
        }
        if (granted) {
          granted = false;
          leave();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Something landed. */
  void leave() {
    lock.lock();
    try {
      Place next = queue.poll();
      if (next == null) {
        free++;
      } else {
        next.waiting = false;
        next.granted = true;
        next.bell.ring();
      }
    } finally {
      lock.unlock();
    }
  }
}
