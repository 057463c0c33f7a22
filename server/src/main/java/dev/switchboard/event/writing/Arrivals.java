package dev.switchboard.event.writing;

import dev.switchboard.event.WaitingEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Events that were handed over and wait for the writer, bounded in number and in bytes. When they
 * are too many, or it is not known whether there are some, they are not kept but noted: storage has
 * to be looked at then. Until the writer does, everything that follows counts as noted too, so that
 * none overtakes another.
 */
final class Arrivals {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<WaitingEvent> waiting = new ArrayDeque<>();
  private final int most;
  private final long mostBytes;
  private long bytes;
  private boolean doubt;
  private boolean closed;

  /** How many came so far, and how many of them are dealt with. */
  private long added;

  private long settled;

  /**
   * What the writer has to do.
   *
   * @param events to be written first
   * @param doubt whether to look into storage then
   * @param settles how many have been dealt with when this is done
   */
  record Work(List<WaitingEvent> events, boolean doubt, long settles) {
    boolean isEmpty() {
      return events.isEmpty() && !doubt;
    }
  }

  Arrivals(int most, long mostBytes) {
    this.most = most;
    this.mostBytes = mostBytes;
  }

  void add(List<WaitingEvent> events) {
    lock.lock();
    try {
      long size = bytes(events);
      added += events.size();
      if (doubt || waiting.size() + events.size() > most || bytes + size > mostBytes) {
        doubt = true;
      } else {
        waiting.addAll(events);
        bytes += size;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void doubt() {
    lock.lock();
    try {
      doubt = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Some of what waits, as soon as there is something.
   *
   * @param mostEvents how many to take at most
   * @return nothing when there was nothing in time, or no more will come
   */
  Work take(int mostEvents, long mostBytesAtOnce, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && !doubt && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      List<WaitingEvent> taken = poll(mostEvents, mostBytesAtOnce);
      boolean look = doubt && waiting.isEmpty();
      doubt &= !look;
      return new Work(taken, look, doubt ? settled : added - waiting.size());
    } finally {
      lock.unlock();
    }
  }

  /** What was taken is dealt with. */
  void settled(Work work) {
    lock.lock();
    try {
      settled = Math.max(settled, work.settles());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all that came so far is dealt with; false when that took too long. */
  boolean awaitSettled(Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      long all = added;
      while (settled < all && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return settled >= all;
    } finally {
      lock.unlock();
    }
  }

  /** How many wait. */
  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody waits any more; what is there can be taken still. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private List<WaitingEvent> poll(int mostEvents, long mostBytesAtOnce) {
    List<WaitingEvent> taken = new ArrayList<>();
    long size = 0;
    while (!waiting.isEmpty() && taken.size() < mostEvents && size < mostBytesAtOnce) {
      WaitingEvent event = waiting.removeFirst();
      size += event.draft().content().length;
      taken.add(event);
    }
    bytes -= size;
    return taken;
  }

  private static long bytes(List<WaitingEvent> events) {
    return events.stream().mapToLong(event -> event.draft().content().length).sum();
  }
}
