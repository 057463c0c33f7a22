package dev.switchboard.whatsapp.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessagePathTest {
  private static final HealthLimits LIMITS =
      new HealthLimits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(40),
          Duration.ofSeconds(20),
          2,
          Duration.ofHours(1),
          new ProbeLimits(Duration.ofHours(1), Duration.ofHours(4)));

  private final ManualClock clock = new ManualClock();
  private final Heals heals = new Heals(LIMITS);
  private final Random random = new Random(1);
  private MessagePath path = connected();

  @Test
  void isLeftAloneWhileSomethingComes() {
    for (int i = 0; i < 24 * 60; i++) {
      clock.advance(Duration.ofMinutes(1));
      path.heard(clock.instant());
      assertThat(path.isDue(clock.instant())).isFalse();
    }
  }

  @Test
  void isProbedAFewTimesADayAtNoFixedPaceWhereNothingComes() {
    List<Duration> waits = new ArrayList<>();
    Instant end = clock.instant().plus(Duration.ofDays(10));
    while (clock.instant().isBefore(end)) {
      waits.add(waitForProbe());
      path.probed(clock.instant());
      clock.advance(Duration.ofSeconds(1));
      path.heard(clock.instant()); // Its acknowledgement, which is no sign of other people.
    }
    assertThat(waits.getFirst()).isBetween(Duration.ofHours(1), Duration.ofHours(2));
    assertThat(waits.get(1)).isBetween(Duration.ofHours(2), Duration.ofHours(4));
    assertThat(waits.subList(2, waits.size()))
        .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofHours(4), Duration.ofHours(8)))
        .doesNotHaveDuplicates();
    assertThat(waits).hasSizeBetween(10 * 3, 10 * 6 + 2);
  }

  @Test
  void somebodyWhoWritesMakesItProbedSoonerAgain() {
    for (int i = 0; i < 3; i++) {
      waitForProbe();
      path.probed(clock.instant());
    }
    clock.advance(Duration.ofMinutes(6));
    path.heard(clock.instant());
    assertThat(waitForProbe()).isBetween(Duration.ofHours(1), Duration.ofHours(2));
  }

  @Test
  void tellsSinceWhenAProbeHasNoAnswer() {
    assertThat(path.unansweredSince()).isEqualTo(Instant.MAX);
    waitForProbe();
    Instant first = clock.instant();
    path.probed(first);
    assertThat(path.unansweredSince()).isEqualTo(first);
    waitForProbe();
    path.probed(clock.instant());
    assertThat(path.unansweredSince()).isEqualTo(first);
    path.heard(clock.instant());
    assertThat(path.unansweredSince()).isEqualTo(Instant.MAX);
  }

  @Test
  void whatCannotBeProbedIsTriedAgainLater() {
    waitForProbe();
    path.postponed(clock.instant());
    assertThat(path.unansweredSince()).isEqualTo(Instant.MAX);
    assertThat(path.isDue(clock.instant())).isFalse();
    assertThat(waitForProbe()).isBetween(Duration.ofHours(1), Duration.ofHours(2));
  }

  @Test
  void theNextConnectionIsDoubtedAfterOneThatWasGivenUp() {
    assertThat(heals.take(clock.instant())).isTrue();
    path = connected();
    assertThat(waitForProbe()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(2));
    path.probed(clock.instant());
    path.heard(clock.instant());
    assertThat(waitForProbe()).isGreaterThanOrEqualTo(Duration.ofHours(2));
    path = connected();
    assertThat(waitForProbe()).isGreaterThanOrEqualTo(Duration.ofHours(1));
  }

  private MessagePath connected() {
    return new MessagePath(LIMITS, heals, random, clock.instant());
  }

  private Duration waitForProbe() {
    Duration wait = Duration.between(clock.instant(), path.due());
    clock.advance(wait.minusNanos(1));
    assertThat(path.isDue(clock.instant())).isFalse();
    clock.advance(Duration.ofNanos(1));
    assertThat(path.isDue(clock.instant())).isTrue();
    return wait;
  }
}
