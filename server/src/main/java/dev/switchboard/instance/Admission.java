package dev.switchboard.instance;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets only so many accounts log in at once, in order of arrival, so that a restart with hundreds
 * of accounts is no storm.
 */
public final class Admission {
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Ticket> queue = new ArrayDeque<>();
  private int free;

  public Admission(int loginsAtOnce) {
    if (loginsAtOnce < 1) {
      throw new IllegalArgumentException("at least one account must be able to log in");
    }
    this.free = loginsAtOnce;
  }

  /** Takes a place, or a place in the queue for one. */
  Ticket request() {
    Ticket ticket = new Ticket();
    lock.lock();
    try {
      if (free > 0) {
        free--;
        ticket.admit();
      } else {
        queue.addLast(ticket);
      }
    } finally {
      lock.unlock();
    }
    return ticket;
  }

  /** A place, or the wish for one; given back once, however often it is closed. */
  final class Ticket implements AutoCloseable {
    private final CountDownLatch decided = new CountDownLatch(1);
    private boolean held;

    /** Waits until the place is there or no longer wanted. */
    void await() throws InterruptedException {
      decided.await();
    }

    /** Leaves the queue; a place that is held already stays. */
    void cancel() {
      lock.lock();
      try {
        queue.remove(this);
        decided.countDown();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      cancel();
      lock.lock();
      try {
        if (held) {
          held = false;
          passOn();
        }
      } finally {
        lock.unlock();
      }
    }

    private void passOn() {
      @Nullable Ticket next = queue.pollFirst();
      if (next == null) {
        free++;
      } else {
        next.admit();
      }
    }

    private void admit() {
      held = true;
      decided.countDown();
    }
  }
}
