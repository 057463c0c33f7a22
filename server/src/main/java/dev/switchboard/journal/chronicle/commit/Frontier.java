package dev.switchboard.journal.chronicle.commit;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far the journal is durable, and who waits for more of it. */
public final class Frontier {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private volatile long last;
  private volatile boolean ended;

  /**
   * @param last the last durable position, or -1 when there is none
   */
  public Frontier(long last) {
    this.last = last;
  }

  public long last() {
    return last;
  }

  /** The journal is durable up to here: who asks knows it, who waits is not woken yet. */
  void reach(long position) {
    last = position;
  }

  /** Wakes who waits for what was reached. */
  void tell() {
    lock.lock();
    try {
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  public boolean ended() {
    return ended;
  }

  /** Lets everybody go who waits. */
  public void end() {
    lock.lock();
    try {
      ended = true;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something at or after a position is durable; false when nothing was in time. */
  public boolean await(long position, Duration atMost) throws InterruptedException {
    if (last >= position) {
      return true;
    }
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (last < position && !ended && left > 0) {
        left = moved.awaitNanos(left);
      }
      return last >= position;
    } finally {
      lock.unlock();
    }
  }
}
