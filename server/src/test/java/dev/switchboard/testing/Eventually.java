package dev.switchboard.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits, for a bounded time, for what another thread is about to do. */
public final class Eventually {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private Eventually() {}

  /** Returns when the condition holds; fails when it does not within ten seconds. */
  public static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + LIMIT + ": " + what);
      }
      Thread.sleep(2);
    }
  }
}
