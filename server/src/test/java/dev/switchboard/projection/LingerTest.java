package dev.switchboard.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LingerTest {
  private static final Duration LEAST = Duration.ofMillis(20);
  private static final Duration MOST = Duration.ofMillis(100);

  private final Linger linger = new Linger(LEAST, MOST);

  @Test
  void waitsLeastBeforeAnythingIsKnown() {
    assertThat(linger.now()).isEqualTo(LEAST);
  }

  @Test
  void waitsFourTimesWhatTheLastBatchTook() {
    linger.took(Duration.ofMillis(11));
    assertThat(linger.now()).isEqualTo(Duration.ofMillis(44));
    linger.took(Duration.ofMillis(6));
    assertThat(linger.now()).isEqualTo(Duration.ofMillis(24));
  }

  @Test
  void staysWithinItsBounds() {
    linger.took(Duration.ofMillis(25));
    assertThat(linger.now()).isEqualTo(MOST);
    linger.took(Duration.ofMinutes(3));
    assertThat(linger.now()).isEqualTo(MOST);
    linger.took(Duration.ofMillis(5));
    assertThat(linger.now()).isEqualTo(LEAST);
    linger.took(Duration.ZERO);
    assertThat(linger.now()).isEqualTo(LEAST);
  }
}
