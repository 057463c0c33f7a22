package dev.switchboard.instance.reconnect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReconnectPolicyTest {
  private final ReconnectPolicy policy =
      new ReconnectPolicy(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ZERO);

  @Test
  void staysWithinLimitThatDoublesUpToTheCap() {
    Random random = new Random(1);
    for (int failures = 1; failures <= 100; failures++) {
      long limit = failures > 6 ? 60_000 : 1_000L << (failures - 1);
      for (int i = 0; i < 200; i++) {
        assertThat(policy.delay(failures, random).toMillis()).isBetween(0L, limit);
      }
    }
  }

  @Test
  void usesTheWholeRange() {
    Random random = new Random(2);
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 2_000; i++) {
      long delay = policy.delay(4, random).toMillis();
      least = Math.min(least, delay);
      most = Math.max(most, delay);
    }
    assertThat(least).isLessThan(100);
    assertThat(most).isBetween(7_900L, 8_000L);
  }

  @Test
  void doesNotOverflowWithLargeBaseAndManyFailures() {
    ReconnectPolicy slow =
        new ReconnectPolicy(Duration.ofDays(200_000), Duration.ofDays(900_000), Duration.ZERO);
    for (int failures : new int[] {1, 21, 10_000, Integer.MAX_VALUE}) {
      assertThat(slow.delay(failures, new Random(3))).isBetween(Duration.ZERO, slow.cap());
    }
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(
            () -> new ReconnectPolicy(Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new ReconnectPolicy(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
