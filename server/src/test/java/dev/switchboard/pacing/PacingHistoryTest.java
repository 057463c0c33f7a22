package dev.switchboard.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.switchboard.model.pacing.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PacingHistoryTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void aThousandMessagesADayTakeAFewKilobytes() {
    PacingHistory history = attempts(1_000, Duration.ofSeconds(86));
    assertThat(history.attemptsWithin(DAY, START.plus(DAY))).isEqualTo(999);
    assertThat(history.encode()).hasSizeLessThan(3_100);
  }

  @Test
  void nothingSentTakesNothing() {
    assertThat(PacingHistory.decode(new byte[0])).isEqualTo(PacingHistory.EMPTY);
    assertThat(PacingHistory.EMPTY.encode()).hasSizeLessThan(16);
    PacingHistory idle =
        attempts(1_000, Duration.ofSeconds(1)).asOf(START.plus(DAY.multipliedBy(2)));
    assertThat(idle.encode()).hasSizeLessThan(16);
  }

  @Test
  void keepsAsManyAsTheHighestBudgetAsksForAndNoMore() {
    PacingHistory history = attempts(50_000, Duration.ofMillis(1));
    assertThat(history.sends().newest(10_000)).isEqualTo(START.toEpochMilli() + 40_000);
    assertThat(history.sends().size()).isBetween(10_000, 12_500);
    assertThat(PacingHistory.decode(history.encode()).sends().newest(10_000))
        .isEqualTo(history.sends().newest(10_000));
  }

  @Test
  void comesBackFromItsBytesAsItWas() {
    var random = new SplittableRandom(3);
    PacingHistory history = PacingHistory.EMPTY.linked(START.minus(DAY));
    Instant at = START;
    for (int i = 0; i < 500; i++) {
      at = at.plusMillis(random.nextInt(100_000));
      history = history.attempted(at, i % 3 == 0 ? Familiarity.NEW : Familiarity.KNOWN, random);
      PacingHistory restored = PacingHistory.decode(history.encode());
      assertThat(restored).isEqualTo(history);
      assertThat(restored.gapEnd(Gap.CAUTIOUS)).isEqualTo(history.gapEnd(Gap.CAUTIOUS));
      assertThat(restored.linkedSince()).contains(START.minus(DAY));
    }
  }

  @Test
  void refusesBytesThatAreNoHistory() {
    byte[] bytes = attempts(3, Duration.ofSeconds(7)).encode();
    for (int length = 1; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatIllegalArgumentException().isThrownBy(() -> PacingHistory.decode(cut));
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatIllegalArgumentException().isThrownBy(() -> PacingHistory.decode(longer));
    byte[] later = bytes.clone();
    later[0] = 2;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PacingHistory.decode(later))
        .withMessageContaining("unknown version 2");
  }

  @Test
  void anyBytesAreAHistoryOrRefused() {
    var random = new SplittableRandom(5);
    byte[] good = attempts(40, Duration.ofSeconds(7)).encode();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int flips = random.nextInt(1, 5); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(PacingHistory.decode(bytes).sends().size()).isLessThanOrEqualTo(12_500);
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessageContaining("pacing history");
      }
    }
  }

  @Test
  void earlierVersionsStayAsTheyWere() {
    PacingHistory three = attempts(3, Duration.ofSeconds(1));
    byte[] before = three.encode();
    three.attempted(START.plusSeconds(9), Familiarity.NEW, 1).forked();
    PacingHistory fork = three.forked();
    for (int i = 0; i < 50; i++) {
      fork = fork.attempted(START.plusSeconds(100 + i), Familiarity.KNOWN, i);
    }
    PacingHistory other = three.attempted(START.plusSeconds(20), Familiarity.KNOWN, 2);
    assertThat(three.encode()).isEqualTo(before);
    assertThat(other.attemptsWithin(DAY, START.plusSeconds(20))).isEqualTo(4);
  }

  @Test
  void aClockThatWasFarAheadIsForgivenOnceItIsPutRight() {
    PacingHistory history =
        attempts(5, Duration.ofSeconds(1))
            .attempted(START.plus(Duration.ofDays(400)), Familiarity.NEW, 0);
    Instant now = START.plusSeconds(10);
    PacingHistory settled = history.asOf(now);
    assertThat(settled.lastAttempt()).contains(now);
    assertThat(settled.newRecipientsWithin(DAY, now)).isEqualTo(1);
    assertThat(settled.asOf(now)).isSameAs(settled);
  }

  @Test
  void aClockThatIsALittleBehindChangesNothing() {
    PacingHistory history = attempts(5, Duration.ofSeconds(1));
    assertThat(history.asOf(START.minusSeconds(30))).isSameAs(history);
    PacingHistory earlier = history.attempted(START.minusSeconds(1), Familiarity.KNOWN, 0);
    assertThat(earlier.lastAttempt()).isEqualTo(history.lastAttempt());
    assertThat(earlier.sends().size()).isEqualTo(6);
  }

  private static PacingHistory attempts(int count, Duration apart) {
    PacingHistory history = PacingHistory.EMPTY;
    for (int i = 0; i < count; i++) {
      history =
          history.attempted(START.plus(apart.multipliedBy(i)), Familiarity.KNOWN, i * 0x9E37_79B9L);
    }
    return history;
  }
}
