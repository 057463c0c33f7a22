package dev.switchboard.outbox.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever happens to an account's messages in whatever order: none is lost, none comes back, one
 * of a chat is on its way at most, each takes its turn, what is replayed is what was known, and a
 * sender that sleeps misses nothing.
 */
@Timeout(60)
class QueuePropertyTest {
  private static final int CASES = Integer.getInteger("switchboard.queue.cases", 400);
  private static final int STEPS = 400;

  @Test
  void keepsItsPromisesWhateverHappens() throws InterruptedException {
    int taken = 0;
    int restarts = 0;
    int carried = 0;
    int slept = 0;
    for (int seed = 0; seed < CASES; seed++) {
      AnyRun run = new AnyRun(new SplittableRandom(seed));
      try {
        run.run(STEPS);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
      taken += run.taken();
      restarts += run.restarts();
      carried += run.carried();
      slept += run.slept();
    }
    assertThat(taken).isGreaterThan(CASES * STEPS / 10);
    assertThat(restarts).isGreaterThan(CASES);
    assertThat(carried).isGreaterThan(CASES);
    assertThat(slept).isGreaterThan(CASES * STEPS / 10);
  }
}
