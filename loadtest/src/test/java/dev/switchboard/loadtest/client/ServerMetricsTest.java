package dev.switchboard.loadtest.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.loadtest.run.LoadTestException;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {
  private static final String PAGE =
      "# TYPE switchboard_senders gauge\nswitchboard_senders 12.0\nswitchboard_senders_more 7.0\n";

  @Test
  void readsTheLineWithExactlyThisName() {
    assertThat(ServerMetrics.value(PAGE, "switchboard_senders")).isEqualTo(12);
  }

  @Test
  void refusesWhatTheServerDoesNotCount() {
    assertThatThrownBy(() -> ServerMetrics.value(PAGE, "switchboard_send"))
        .isInstanceOf(LoadTestException.class);
  }
}
