package dev.switchboard.thread;

import java.time.Duration;

/** The end of threads that work until they are told to stop. */
public final class Threads {
  private Threads() {}

  /**
   * Waits for the end of a thread that was told to stop, and interrupts it when it takes longer.
   * Who is interrupted meanwhile interrupts it at once, and waits no more.
   */
  public static void end(Thread thread, Duration atMost) {
    try {
      if (!thread.join(atMost)) {
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
