package dev.switchboard.instance;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/** Randomness that is always zero and remembers the limits it was asked to stay below. */
final class Limits implements RandomGenerator {
  private final List<Long> asked = new CopyOnWriteArrayList<>();

  @Override
  public long nextLong() {
    return 0;
  }

  @Override
  public long nextLong(long bound) {
    asked.add(bound);
    return 0;
  }

  List<Long> asked() {
    return List.copyOf(asked);
  }
}
