package dev.switchboard.pacing;

import dev.switchboard.model.message.Priority;
import java.util.function.IntPredicate;

/**
 * Which priority is next: the most urgent one, but after so many of it in a row a less urgent one,
 * so that nothing is starved. Belongs to one thread at a time.
 */
public final class Turns {
  /** So many of one priority in a row, then one of a lower one. */
  public static final int RUN = 8;

  /** How many priorities there are; 0 is the most urgent one. */
  public static final int PRIORITIES = 3;

  private final int[] runs = new int[PRIORITIES];

  static int of(Priority priority) {
    return switch (priority) {
      case HIGH -> 0;
      case NORMAL -> 1;
      case LOW -> 2;
    };
  }

  /** The priority to take from, or -1 where nothing waits in any. */
  public int next(IntPredicate waits) {
    for (int priority = 0; priority < PRIORITIES; priority++) {
      boolean itsTurn = runs[priority] < RUN || !anyBelow(priority, waits);
      if (waits.test(priority) && itsTurn) {
        return priority;
      }
    }
    return -1;
  }

  /** One was taken from that priority. */
  public void took(int priority, IntPredicate waits) {
    runs[priority] = anyBelow(priority, waits) ? runs[priority] + 1 : 0;
    for (int above = 0; above < priority; above++) {
      runs[above] = 0;
    }
  }

  private static boolean anyBelow(int priority, IntPredicate waits) {
    for (int below = priority + 1; below < PRIORITIES; below++) {
      if (waits.test(below)) {
        return true;
      }
    }
    return false;
  }
}
