package dev.switchboard.outbox;

import static dev.switchboard.testing.Samples.BOB;
import static dev.switchboard.testing.Samples.CAROL;
import static dev.switchboard.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.testing.Samples;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SetAsideTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void holdsNoMoreThanItsLimitAndCountsOnForThoseItHolds() {
    SetAside aside = new SetAside(2);
    assertThat(aside.add(BOB, NOW, SECOND)).isTrue();
    assertThat(aside.add(CAROL, NOW, SECOND)).isTrue();
    assertThat(aside.add(Samples.OWN, NOW, SECOND)).isFalse();
    assertThat(aside.failuresOf(Samples.OWN)).isZero();
    assertThat(aside.add(BOB, NOW, SECOND)).isTrue();
    assertThat(aside.failuresOf(BOB)).isEqualTo(2);
    aside.remove(CAROL);
    assertThat(aside.add(Samples.OWN, NOW, SECOND)).isTrue();
  }

  @Test
  void passesOverChatUntilExactlyItsTime() {
    SetAside aside = new SetAside(2);
    aside.add(BOB, NOW, SECOND);
    assertThat(aside.waiting(NOW.plusMillis(999))).containsExactly(BOB);
    assertThat(aside.nextDue(NOW.plusMillis(999))).contains(NOW.plus(SECOND));
    assertThat(aside.waiting(NOW.plus(SECOND))).isEmpty();
    assertThat(aside.nextDue(NOW.plus(SECOND))).isEmpty();
  }

  @Test
  void forgetsFailuresWithTheMessage() {
    SetAside aside = new SetAside(2);
    aside.add(BOB, NOW, SECOND);
    aside.remove(BOB);
    assertThat(aside.failuresOf(BOB)).isZero();
    assertThat(aside.waiting(NOW)).isEmpty();
  }
}
