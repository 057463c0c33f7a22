package dev.switchboard.projection;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far the projection has come, for those who wait for it. */
final class Progress {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition advanced = lock.newCondition();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile long position = Long.MIN_VALUE;

  /** Everything that lies before this is in storage. */
  long position() {
    return position;
  }

  /** Whether somebody waits. */
  boolean awaited() {
    return waiting.get() > 0;
  }

  void reached(long next) {
    if (next <= position) {
      return;
    }
    lock.lock();
    try {
      position = next;
      advanced.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean await(long wanted, Duration atMost) throws InterruptedException {
    if (position >= wanted) {
      return true;
    }
    waiting.incrementAndGet();
    lock.lock();
    try {
      var left = atMost.toNanos();
      while (position < wanted && left > 0) {
        left = advanced.awaitNanos(left);
      }
      return position >= wanted;
    } finally {
      lock.unlock();
      waiting.decrementAndGet();
    }
  }
}
