package dev.switchboard.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void countsEveryCallOfAllCallersButRefusals() throws InterruptedException {
    var calls = new AtomicInteger();
    Latencies measured =
        new ClosedLoop(3, caller -> calls.incrementAndGet() > 0 && caller > 0)
            .run(Duration.ofMillis(20));
    assertThat(measured.count()).isPositive().isLessThan(calls.get());
    assertThat(measured.time()).isGreaterThanOrEqualTo(Duration.ofMillis(20));
  }

  @Test
  void survivesTheWayFromAnotherProcess() {
    var histogram = Latencies.empty();
    histogram.recordValue(2_000_000);
    histogram.recordValue(8_000_000);
    var measured = new Latencies(histogram, Duration.ofMillis(10));
    Latencies read = Latencies.decoded(measured.encoded());
    assertThat(read.time()).isEqualTo(measured.time());
    assertThat(read.millis(100)).isCloseTo(8, withPercentage(1));
    assertThat(read.plus(measured).count()).isEqualTo(4);
    assertThat(read.plus(measured).perSecond()).isCloseTo(200, withPercentage(1));
  }
}
