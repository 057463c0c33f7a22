package dev.switchboard.whatsapp.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final KeepAlive keepAlive = new KeepAlive(SessionLimits.DEFAULT, new Random(1), START);

  @Test
  void asksWithinTwentyToThirtySeconds() {
    assertThat(keepAlive.pingIsDue(START.plusSeconds(19))).isFalse();
    assertThat(keepAlive.deadline()).isBetween(START.plusSeconds(20), START.plusSeconds(30));
    assertThat(keepAlive.pingIsDue(START.plusSeconds(31))).isTrue();
  }

  @Test
  void asksOncePerInterval() {
    assertThat(keepAlive.pingIsDue(START.plusSeconds(30))).isTrue();
    keepAlive.asked(START.plusSeconds(30));
    assertThat(keepAlive.pingIsDue(START.plusSeconds(30))).isFalse();
  }

  @Test
  void isDeadWhenNothingFollowsAPing() {
    Instant asked = START.plusSeconds(30);
    keepAlive.asked(asked);

    assertThat(keepAlive.isDead(asked.plusSeconds(19))).isFalse();
    assertThat(keepAlive.isDead(asked.plusSeconds(20))).isTrue();
    assertThat(keepAlive.deadline()).isEqualTo(asked.plusSeconds(20));
  }

  @Test
  void takesAnythingForASignOfLife() {
    keepAlive.asked(START.plusSeconds(30));

    keepAlive.heard();

    assertThat(keepAlive.isDead(START.plus(Duration.ofDays(1)))).isFalse();
  }

  @Test
  void isNotSavedByAskingAgain() {
    Instant asked = START.plusSeconds(30);
    keepAlive.asked(asked);

    keepAlive.asked(asked.plusSeconds(30));

    assertThat(keepAlive.isDead(asked.plusSeconds(30))).isTrue();
  }
}
