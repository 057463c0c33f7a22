package dev.switchboard.outbox.sender;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The virtual threads of one sender's messages that are on their way. */
final class Flights {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();
  private final Set<Thread> threads = new HashSet<>();

  /**
   * Starts a flight.
   *
   * @param landed done when it does not count any more
   */
  void start(String account, Runnable flight, Runnable landed) {
    Thread thread =
        Thread.ofVirtual()
            .name("flight of " + account)
            .unstarted(() -> {
              try {
                flight.run();
              } finally {
                landed();
                landed.run();
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

  int count() {
    lock.lock();
    try {
      return threads.size();
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
    lock.lock();
    try {
      threads.remove(Thread.currentThread());
      none.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
