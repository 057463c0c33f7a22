package dev.switchboard.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.loadtest.run.LoadTestException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MachineTimeTest {
  @Test
  void countsAsBusyWhatIsNeitherIdleNorWaitingForADisk() {
    var time = MachineTime.parse("cpu  100 1 50 700 100 2 3 44 9 9\ncpu0 1 1 1 1 1 1 1 1 1 1\n");
    assertThat(time.busy()).isEqualTo(Duration.ofSeconds(2));
    assertThat(time.all()).isEqualTo(Duration.ofSeconds(10));
    assertThat(time.share()).isEqualTo(0.2);
    assertThat(time.stolenShare()).isEqualTo(0.044);
  }

  @Test
  void readsThisMachine() {
    var time = MachineTime.now();
    assertThat(time.busy()).isPositive();
    assertThat(time.share()).isBetween(0.0, 1.0);
    assertThat(time.minus(time).share()).isZero();
  }

  @Test
  void refusesWhatIsNoStateOfAMachine() {
    assertThatThrownBy(() -> MachineTime.parse("intr 1 2 3")).isInstanceOf(LoadTestException.class);
  }
}
