package dev.switchboard.loadtest.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeparturesTest {
  @Test
  void tellsTheWallsTimeAsNanosecondsOfThisMachine() {
    var departures = new Departures();
    long before = System.nanoTime();
    departures.left(before, Instant.now());
    assertThat(departures.of(before) - before)
        .isBetween(-Duration.ofSeconds(1).toNanos(), Duration.ofSeconds(30).toNanos());
    departures.left(before, Instant.now().plusSeconds(100));
    assertThat(departures.of(before) - before).isGreaterThan(Duration.ofSeconds(99).toNanos());
  }

  @Test
  void takesForWhatNeverLeftTheTimeAtWhichItWasMade() {
    var departures = new Departures();
    departures.left(5, Instant.now());
    departures.clear();
    assertThat(departures.of(5)).isEqualTo(5);
  }
}
