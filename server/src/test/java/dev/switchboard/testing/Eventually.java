package dev.switchboard.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits, for a bounded time, for what another thread is about to do. */
public final class Eventually {
  /** For a machine that does much else: whoever is well does not wait so long. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Eventually() {}

  /** Returns when the condition holds; fails when it does not within half a minute. */
  public static void until(String what, BooleanSupplier condition) throws InterruptedException {
    until(what, LIMIT, condition);
  }

  /** The same for what may take longer, as whole servers do. */
  public static void until(String what, Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + limit + ": " + what);
      }
      Thread.sleep(2);
    }
  }
}
