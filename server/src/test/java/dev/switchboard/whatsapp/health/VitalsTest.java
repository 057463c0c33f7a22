package dev.switchboard.whatsapp.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.model.instance.StateCause;
import dev.switchboard.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VitalsTest {
  private static final HealthLimits LIMITS =
      new HealthLimits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(40),
          Duration.ofSeconds(20),
          2,
          Duration.ofHours(1));
  private static final Instant NONE = Instant.MAX;

  private final ManualClock clock = new ManualClock();
  private final Heals heals = new Heals(LIMITS);
  private Vitals vitals = new Vitals(LIMITS, heals);

  @Test
  void isWellWithoutEvidence() {
    assertThat(examine(NONE)).isEmpty();
    assertThat(vitals.due(clock.instant(), NONE)).isEqualTo(Instant.MAX);
    assertThat(vitals.recovered(clock.instant(), NONE)).isFalse();
  }

  @Test
  void aPingCountsByItsOwnAnswerOnly() {
    vitals.asked("1", clock.instant());
    assertThat(vitals.answered("another", clock.instant())).isFalse();
    assertThat(vitals.due(clock.instant(), NONE)).isEqualTo(later(30));
    pass(30);
    assertThat(examine(NONE)).get().isInstanceOf(Finding.Ill.class);
    assertThat(examine(NONE)).isEmpty(); // Told once.
  }

  @Test
  void isIllByTheOldestPingHoweverOftenItAsksAgain() {
    for (int i = 0; i < 29; i++) {
      vitals.asked("" + i, clock.instant());
      pass(1);
    }
    assertThat(examine(NONE)).isEmpty();
    pass(1);
    assertThat(examine(NONE))
        .get()
        .extracting(Finding::cause)
        .isEqualTo(StateCause.REQUESTS_UNANSWERED);
    assertThat(vitals.answered("28", clock.instant())).isTrue();
    assertThat(vitals.recovered(clock.instant(), NONE)).isTrue();
  }

  @Test
  void aLateAnswerIsAnAnswer() {
    vitals.asked("1", clock.instant());
    pass(20);
    vitals.asked("2", clock.instant());
    pass(15);
    assertThat(examine(NONE)).isPresent();
    assertThat(vitals.answered("1", clock.instant())).isTrue();
    assertThat(vitals.recovered(clock.instant(), NONE)).isTrue();
    assertThat(vitals.recovered(clock.instant(), NONE)).isFalse();
    assertThat(vitals.roundTrip()).isEqualTo(Duration.ofSeconds(35));
    assertThat(vitals.lastAnswer()).isEqualTo(clock.instant());
    pass(15); // The second is still open.
    assertThat(examine(NONE)).isPresent();
  }

  @Test
  void asksOutOfTurnWhenMessagesStayUnacknowledged() {
    Instant written = clock.instant();
    pass(1);
    assertThat(vitals.wantsProbe(clock.instant(), written)).isFalse();
    assertThat(vitals.due(clock.instant(), written)).isEqualTo(written.plusSeconds(20));
    pass(19);
    assertThat(vitals.wantsProbe(clock.instant(), written)).isTrue();
    vitals.asked("1", clock.instant());
    assertThat(vitals.wantsProbe(clock.instant(), written)).isFalse();
  }

  @Test
  void isMuteWhenPingsAreAnsweredAndMessagesAreNot() {
    Instant written = clock.instant();
    pass(20);
    vitals.asked("1", clock.instant());
    vitals.answered("1", clock.instant());
    pass(19);
    assertThat(examine(written)).isEmpty();
    pass(1);
    assertThat(examine(written))
        .get()
        .extracting(Finding::cause)
        .isEqualTo(StateCause.MESSAGES_UNACKNOWLEDGED);
    assertThat(vitals.recovered(clock.instant(), written)).isFalse();
    assertThat(vitals.recovered(clock.instant(), NONE)).isTrue();
  }

  @Test
  void aServerThatAnswersNothingIsNotMuteButSilent() {
    vitals.asked("0", clock.instant());
    vitals.answered("0", clock.instant());
    pass(1);
    Instant written = clock.instant();
    pass(100);
    assertThat(examine(written)).isEmpty();
  }

  @Test
  void givesUpTheConnectionOnlyAfterAWhileAndOnlySoOften() {
    for (int i = 0; i < 2; i++) {
      fallIll();
      pass(19);
      assertThat(examine(NONE)).isEmpty();
      assertThat(vitals.due(clock.instant(), NONE)).isEqualTo(later(1));
      pass(1);
      assertThat(examine(NONE)).get().isInstanceOf(Finding.Hopeless.class);
    }
    fallIll();
    pass(600);
    assertThat(examine(NONE)).isEmpty();
    assertThat(vitals.due(clock.instant(), NONE)).isAfter(later(1_800));
    pass(3_600);
    assertThat(examine(NONE)).get().isInstanceOf(Finding.Hopeless.class);
  }

  @Test
  void neverGivesUpWhereThatIsNotWanted() {
    HealthLimits never =
        new HealthLimits(
            Duration.ofSeconds(30), Duration.ofSeconds(40), Duration.ZERO, 0, Duration.ofHours(1));
    vitals = new Vitals(never, new Heals(never));
    vitals.asked("1", clock.instant());
    pass(30);
    assertThat(examine(NONE)).get().isInstanceOf(Finding.Ill.class);
    pass(1_000_000);
    assertThat(examine(NONE)).isEmpty();
    assertThat(vitals.due(clock.instant(), NONE)).isEqualTo(Instant.MAX);
  }

  private void fallIll() {
    vitals = new Vitals(LIMITS, heals);
    vitals.asked("1", clock.instant());
    pass(30);
    assertThat(examine(NONE)).get().isInstanceOf(Finding.Ill.class);
  }

  private Optional<Finding> examine(Instant unacknowledgedSince) {
    return vitals.examine(clock.instant(), unacknowledgedSince);
  }

  private Instant later(long seconds) {
    return clock.instant().plusSeconds(seconds);
  }

  private void pass(long seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }
}
