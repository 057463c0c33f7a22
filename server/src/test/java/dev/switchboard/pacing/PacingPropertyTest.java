package dev.switchboard.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Any load, any policy that changes at any time, any restart: no limit is exceeded by one, nothing
 * waits longer than a limit asks for, and everything goes in the end.
 */
class PacingPropertyTest {
  private static final int CASES = 100;
  private static final int MESSAGES = 250;

  @Test
  void noLimitIsExceededAndNothingStarves() {
    int attempts = 0;
    int typings = 0;
    Set<Decision.Scope> seen = EnumSet.noneOf(Decision.Scope.class);
    for (int seed = 0; seed < CASES; seed++) {
      var sender = new AnySender(new SplittableRandom(seed), MESSAGES);
      sender.run();
      attempts += sender.attempts();
      typings += sender.typings();
      seen.addAll(sender.waits().keySet());
    }
    assertThat(attempts).isGreaterThan(CASES * MESSAGES);
    assertThat(typings).isGreaterThan(CASES * MESSAGES / 5);
    assertThat(seen).containsExactlyInAnyOrder(Decision.Scope.values());
  }
}
