package dev.switchboard.loadtest.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.loadtest.run.LoadTestException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PeerSentTest {
  @Test
  void readsCountsAndLatencies() {
    PeerSent sent = PeerSent.parse("sent 4 1 2000000000 50:3 200:1");
    assertThat(sent.failed()).isEqualTo(1);
    assertThat(sent.latencies().count()).isEqualTo(4);
    assertThat(sent.latencies().perSecond()).isEqualTo(2);
    assertThat(sent.latencies().millis(50)).isBetween(4.99, 5.01);
    assertThat(sent.latencies().millis(100)).isBetween(19.9, 20.1);
  }

  @Test
  void readsThatNothingWasSent() {
    assertThat(PeerSent.parse("sent 0 8 1000 ").latencies().count()).isZero();
  }

  @Test
  void addsProcessesThatSentAtTheSameTime() {
    PeerSent sum =
        PeerSent.parse("sent 1 1 1000000000 5:1").plus(PeerSent.parse("sent 3 2 2000000000 5:3"));
    assertThat(sum.failed()).isEqualTo(3);
    assertThat(sum.latencies().time()).isEqualTo(Duration.ofSeconds(2));
    assertThat(sum.latencies().perSecond()).isEqualTo(2);
  }

  @Test
  void refusesOtherWords() {
    assertThatThrownBy(() -> PeerSent.parse("sent a b c")).isInstanceOf(LoadTestException.class);
    assertThatThrownBy(() -> PeerSent.parse("sent 1 0")).isInstanceOf(LoadTestException.class);
    assertThatThrownBy(() -> PeerSent.parse("sent 2 0 5 1:1"))
        .isInstanceOf(LoadTestException.class)
        .hasMessageContaining("counts");
  }
}
