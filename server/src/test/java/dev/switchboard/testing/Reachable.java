package dev.switchboard.testing;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Objects of which it is asked whether anybody still holds them. Tells what a piece of work keeps,
 * whatever else lives in the same heap.
 */
public final class Reachable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final List<WeakReference<Object>> seen = new ArrayList<>();

  public void add(Object object) {
    seen.add(new WeakReference<>(object));
  }

  /** How many were added. */
  public int count() {
    return seen.size();
  }

  /**
   * Fails when more than so many are still held after the garbage was collected, again and again.
   */
  public void awaitAtMost(long most) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    System.gc();
    while (held() > most) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(held() + " objects of " + count() + " are still held");
      }
      System.gc();
    }
  }

  private long held() {
    return seen.stream().filter(each -> each.get() != null).count();
  }
}
