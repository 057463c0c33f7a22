package dev.switchboard.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.loadtest.run.LoadTestException;
import org.junit.jupiter.api.Test;

class ProcessStatusTest {
  @Test
  void readsMemoryAndThreads() {
    String printed = "Name:\tjava\nVmHWM:\t  120000 kB\nVmRSS:\t  114540 kB\nThreads:\t30\n";
    assertThat(ProcessStatus.parse(printed)).isEqualTo(new ProcessStatus(114540, 30));
  }

  @Test
  void refusesAnIncompleteStatus() {
    assertThatThrownBy(() -> ProcessStatus.parse("Name:\tjava\nThreads:\t30\n"))
        .isInstanceOf(LoadTestException.class)
        .hasMessageContaining("VmRSS");
  }
}
