package dev.switchboard.instance.reconnect;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

  /** The clock is looked at so often within the longest login. */
  private static final int LOOKS = 8;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Ticket> queue = new ArrayDeque<>();
  private final Deque<Ticket> holders = new ArrayDeque<>();
  private final Duration longestLogin;
  private final InstantSource clock;
  private int free;

  /**
   * A gate.
   *
   * @param longestLogin how long one login may keep a place that others wait for
   */
  public Admission(int loginsAtOnce, Duration longestLogin, InstantSource clock) {
    if (loginsAtOnce < 1) {
      throw new IllegalArgumentException("at least one account must be able to log in");
    }
    this.free = loginsAtOnce;
    this.longestLogin = longestLogin;
    this.clock = clock;
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

  /** How many accounts are in the queue. */
  public int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes back the places that were kept too long; returns how long to wait before the next look.
   */
  private long reclaim() {
    lock.lock();
    try {
      Instant oldest = clock.instant().minus(longestLogin);
      while (!holders.isEmpty()
          && !queue.isEmpty()
          && !holders.getFirst().admittedAt.isAfter(oldest)) {
        holders.getFirst().giveBack();
      }
      return Math.max(1, longestLogin.dividedBy(LOOKS).toNanos());
    } finally {
      lock.unlock();
    }
  }

  /** A place, or the wish for one; given back once, however often it is closed. */
  public final class Ticket implements AutoCloseable {
    private final CountDownLatch decided = new CountDownLatch(1);
    private boolean held;
    private Instant admittedAt = Instant.MIN;

    /** Waits until the place is there or no longer wanted. */
    public void await() throws InterruptedException {
      while (!decided.await(reclaim(), TimeUnit.NANOSECONDS)) {
        LOG.trace("still in the queue for a login");
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
      admittedAt = clock.instant();
      holders.addLast(this);
      decided.countDown();
    }
  }
}
