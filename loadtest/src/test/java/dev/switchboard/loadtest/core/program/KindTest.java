package dev.switchboard.loadtest.core.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.model.pacing.PacingPolicy;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class KindTest {
  private static final long NOW = 1_800_000_000_000L;

  @ParameterizedTest
  @EnumSource
  void whatWasSentBeforeKeepsEveryBudget(Kind kind) {
    assertThat(Kind.exceeded(kind.before(NOW), 0, kind.policy())).isZero();
  }

  @Test
  void twentyInAMinuteAreAllowedAndOneMoreIsCounted() {
    assertThat(Kind.exceeded(every(3_000, 20), 0, PacingPolicy.STANDARD)).isZero();
    assertThat(Kind.exceeded(every(2_999, 21), 0, PacingPolicy.STANDARD)).isOne();
    assertThat(Kind.shortBy(every(2_999, 21), PacingPolicy.STANDARD)).isEqualTo(20);
  }

  @Test
  void aGapThatIsTooShortIsCounted() {
    assertThat(Kind.exceeded(new long[] {0, 2_000, 3_999}, 0, PacingPolicy.STANDARD)).isOne();
  }

  @Test
  void whatLiesBeforeTheFirstPlaceIsNotCounted() {
    assertThat(Kind.exceeded(new long[] {0, 1, 2_001}, 2, PacingPolicy.STANDARD)).isZero();
  }

  private static long[] every(long millis, int count) {
    return LongStream.range(0, count).map(i -> NOW + i * millis).toArray();
  }
}
