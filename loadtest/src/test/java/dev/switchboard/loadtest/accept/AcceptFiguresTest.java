package dev.switchboard.loadtest.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.loadtest.accept.AcceptFigures.Triple;
import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.measure.MachineTime;
import dev.switchboard.loadtest.measure.ThreadTimes;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class AcceptFiguresTest {
  @Test
  void meetsTheTargetsWithinTheirLimits() {
    var figures = figures(taking(5, 100), taking(8, 60), taking(2, 100));
    assertThat(figures.ratioHolds()).isTrue();
    assertThat(figures.tailHolds()).isTrue();
    assertThat(AcceptReport.of(figures).line().toString()).contains("ratio=0.60", "flushes=7");
  }

  @Test
  void missesThemBeyond() {
    var figures = figures(taking(5, 100), taking(10, 59), taking(2, 100));
    assertThat(figures.ratioHolds()).isFalse();
    assertThat(figures.tailHolds()).isFalse();
    assertThat(AcceptReport.of(figures).text()).contains("MISSED");
  }

  @Test
  void tellsWhatACallCostsTheProcessors() {
    var figures = figures(taking(5, 100), taking(8, 40), taking(2, 100));
    assertThat(figures.echoMicros()).isEqualTo(10);
    assertThat(figures.acceptMicros()).isEqualTo(100);
    assertThat(AcceptReport.of(figures).text()).contains("journal", "25.00", "75.00");
  }

  private static AcceptFigures figures(Latencies echo, Latencies accept, Latencies commit) {
    var second = Duration.ofSeconds(1);
    return new AcceptFigures(
        new AcceptPlan(256, 4, 1, second, second, 200, second, List.of()),
        new Machine(
            "a processor", 4, 24_000, "Linux 6", "25", "ext4", "abc", 0.5, MachineTime.none()),
        new Triple(echo, accept, commit),
        new Triple(echo, accept, commit),
        7,
        8,
        0,
        ThreadTimes.none().with("loop", Duration.ofMillis(1)),
        ThreadTimes.none()
            .with("call", Duration.ofMillis(3))
            .with("journal", Duration.ofMillis(1)));
  }

  private static Latencies taking(long millis, int times) {
    var histogram = new Histogram(3);
    histogram.recordValueWithCount(Duration.ofMillis(millis).toNanos(), times);
    return new Latencies(histogram, Duration.ofSeconds(1));
  }
}
