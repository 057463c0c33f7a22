package dev.switchboard.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.loadtest.run.LoadTestException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {
  @Test
  void addsUpWhatTheProcessAndItsEndedChildrenUsed() {
    String printed = "42 (a (b) c) S 1 42 42 0 -1 4194560 900 0 0 0 250 50 30 5 20 0 8 0 1 2\n";
    assertThat(ProcessorTime.parse(printed))
        .isEqualTo(new ProcessorTime(Duration.ofSeconds(3), Duration.ofMillis(350)));
  }

  @Test
  void refusesWhatIsNoStateOfAProcess() {
    assertThatThrownBy(() -> ProcessorTime.parse("42 (java) S 1 2"))
        .isInstanceOf(LoadTestException.class);
  }

  @Test
  void readsThisProcess() {
    ProcessHandle own = ProcessHandle.current();
    assertThat(ProcessorTime.of(own.pid()).own()).isPositive();
    assertThat(ProcessorTime.ofFamily(own)).isPositive();
  }
}
