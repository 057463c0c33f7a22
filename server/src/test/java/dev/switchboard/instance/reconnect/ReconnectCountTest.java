package dev.switchboard.instance.reconnect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.testing.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReconnectCountTest {
  private final ManualClock clock = new ManualClock();
  private final ReconnectCount count = new ReconnectCount(clock);

  @Test
  void forgetsWhatIsMoreThanAnHourAgo() {
    count.add();
    clock.advance(Duration.ofMinutes(30));
    count.add();
    assertThat(count.withinTheHour()).isEqualTo(2);
    clock.advance(Duration.ofMinutes(30).plusMillis(1));
    assertThat(count.withinTheHour()).isEqualTo(1);
  }

  @Test
  void countsNoMoreThanAThousandAndKeepsTheNewest() {
    for (int i = 0; i < 1_000; i++) {
      count.add();
    }
    clock.advance(Duration.ofMinutes(30));
    count.add();
    assertThat(count.withinTheHour()).isEqualTo(1_000);
    clock.advance(Duration.ofMinutes(30).plusMillis(1));
    assertThat(count.withinTheHour()).isEqualTo(1);
  }
}
