package dev.switchboard.pacing;

import java.time.Duration;
import java.util.BitSet;
import java.util.Map;

/**
 * The messages that go before another one, in the order in which they would if nothing held any of
 * them back. Those that are scheduled for later than it do not belong here.
 *
 * @param count how many there are
 * @param cold which of them are the first ones to their recipients, from 0 on
 * @param typed for how long those are to be typed first that are
 */
public record Waiting(int count, BitSet cold, Map<Integer, Duration> typed) {
  /** None. */
  public static final Waiting NOBODY = new Waiting(0, new BitSet(), Map.of());

  public Waiting {
    if (count < 0) {
      throw new IllegalArgumentException("fewer than none wait");
    }
    cold = (BitSet) cold.clone();
    cold.clear(count, Math.max(count, cold.length()));
    typed = Map.copyOf(typed);
  }

  /** As many, of which that many are cold, spread evenly: where their order is not known. */
  public static Waiting spread(int count, int cold) {
    BitSet set = new BitSet(count);
    for (long i = 0; i < cold; i++) {
      set.set((int) (i * count / cold));
    }
    return new Waiting(count, set, Map.of());
  }
}
