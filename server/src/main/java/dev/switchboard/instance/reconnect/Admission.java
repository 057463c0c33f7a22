package dev.switchboard.instance.reconnect;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets only so many accounts log in at once, in order of arrival, so that a restart with hundreds
 * of accounts is no storm. A login that takes longer than a limit gives its place on, so that the
 * ones that hang keep nobody out; their engines end them.
 */
public final class Admission {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Ticket> queue = new ArrayDeque<>();
  private final Deque<Ticket> holders = new ArrayDeque<>();
  private final Duration longestLogin;
  private int free;

  /**
   * A gate.
   *
   * @param longestLogin how long one login may keep a place that others wait for
   */
  public Admission(int loginsAtOnce, Duration longestLogin) {
    if (loginsAtOnce < 1) {
      throw new IllegalArgumentException("at least one account must be able to log in");
    }
    this.free = loginsAtOnce;
    this.longestLogin = longestLogin;
  }

  /** Takes a place, or a place in the queue for one. */
  public Ticket request() {
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

  /** How many places nobody has. */
  int free() {
    lock.lock();
    try {
      return free;
    } finally {
      lock.unlock();
    }
  }

  /** Takes back the places that were kept too long; returns when to look again. */
  private long reclaim() {
    lock.lock();
    try {
      while (!holders.isEmpty() && !queue.isEmpty()) {
        long left = longestLogin.toNanos() - (System.nanoTime() - holders.getFirst().admittedAt);
        if (left > 0) {
          return left;
        }
        holders.getFirst().giveBack();
      }
      return longestLogin.toNanos();
    } finally {
      lock.unlock();
    }
  }

  /** A place, or the wish for one; given back once, however often it is closed. */
  public final class Ticket implements AutoCloseable {
    private final CountDownLatch decided = new CountDownLatch(1);
    private boolean held;
    private long admittedAt;

    /** Waits until the place is there or no longer wanted. */
    public void await() throws InterruptedException {
      while (!decided.await(reclaim(), TimeUnit.NANOSECONDS)) {
        LOG.debug("a login takes longer than {}", longestLogin);
      }
    }

    /** Leaves the queue; a place that is held already stays. */
    public void cancel() {
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
        giveBack();
      } finally {
        lock.unlock();
      }
    }

    private void giveBack() {
      if (held) {
        held = false;
        holders.remove(this);
        passOn();
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
      admittedAt = System.nanoTime();
      holders.addLast(this);
      decided.countDown();
    }
  }
}
