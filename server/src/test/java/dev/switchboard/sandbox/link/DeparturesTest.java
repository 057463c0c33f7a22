package dev.switchboard.sandbox.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeparturesTest {
  private static final Outbound END = new Outbound.End();

  private final Departures departures = new Departures();

  @Test
  void takesNoMoreThanMayWait() {
    for (int i = 0; i < Departures.MOST_WAITING; i++) {
      assertThat(departures.add(END, Duration.ZERO)).isTrue();
    }
    assertThat(departures.add(END, Duration.ZERO)).isFalse();
    assertThat(departures.poll()).isPresent();
    assertThat(departures.add(END, Duration.ZERO)).isTrue();
  }

  @Test
  void letsNobodyOvertakeWhatIsDelayed() {
    departures.add(END, Duration.ofHours(1));
    departures.add(END, Duration.ZERO);
    assertThat(departures.poll()).isEmpty();
    assertThat(departures.nextIn().orElseThrow()).isGreaterThan(Duration.ofMinutes(59));
  }
}
