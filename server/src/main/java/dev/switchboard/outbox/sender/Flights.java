package dev.switchboard.outbox.sender;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The virtual threads of one sender's messages that are on their way: a bounded number. */
final class Flights {
  private final int most;
  private final Runnable room;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();
  private final Set<Thread> threads = new HashSet<>();

  /**
   * @param most how many there are to be
   * @param room run when there is room for one again
   */
  Flights(int most, Runnable room) {
    this.most = most;
    this.room = room;
  }

  void start(String account, Runnable flight) {
    Thread thread =
        Thread.ofVirtual()
            .name("flight of " + account)
            .unstarted(() -> {
              try {
                flight.run();
              } finally {
                landed();
              }
            });
    lock.lock();
    try {
      threads.add(thread);
    } finally {
      lock.unlock();
    }
    thread.start();
  }

  /** Whether there are as many as there are to be. */
  boolean full() {
    lock.lock();
    try {
      return threads.size() >= most;
    } finally {
      lock.unlock();
    }
  }

  void awaitNone() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!threads.isEmpty()) {
        none.await();
      }
    } finally {
      lock.unlock();
    }
  }

  void interrupt() {
    lock.lock();
    try {
      threads.forEach(Thread::interrupt);
    } finally {
      lock.unlock();
    }
  }

  private void landed() {
    boolean wasFull;
    lock.lock();
    try {
      wasFull = threads.size() >= most;
      threads.remove(Thread.currentThread());
      none.signalAll();
    } finally {
      lock.unlock();
    }
    if (wasFull) {
      room.run();
    }
  }
}
