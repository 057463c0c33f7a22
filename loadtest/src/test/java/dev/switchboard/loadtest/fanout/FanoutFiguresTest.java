package dev.switchboard.loadtest.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.loadtest.fanout.FanoutFigures.Kind;
import dev.switchboard.loadtest.fanout.FanoutFigures.Sleeper;
import dev.switchboard.loadtest.fanout.FanoutFigures.Turn;
import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.loadtest.measure.Machine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class FanoutFiguresTest {
  private static final Sleeper SLEPT_WELL = new Sleeper(200_000, 3, 0, 0);

  @Test
  void meetsTheTargetsWithinTheirLimits() {
    var figures = figures(5, 9, 10, 0, SLEPT_WELL);
    assertThat(figures.besideBareHolds()).isTrue();
    assertThat(figures.tailHolds()).isTrue();
    assertThat(figures.effectHolds()).isTrue();
    assertThat(figures.sleeperHolds()).isTrue();
    assertThat(figures.holds()).isTrue();
    assertThat(FanoutReport.of(figures).line().toString())
        .startsWith("RESULT fanout deliveries_per_second=10000 p50_ms=9.0")
        .contains("bare_p99_ms=5.0", "lost=0", "reordered=0", "stalled_effect_percent=11.1");
  }

  @Test
  void missesThemBeyond() {
    var figures = figures(10, 21, 26, 0, new Sleeper(199_999, 3, 0, 0));
    assertThat(figures.besideBareHolds()).isFalse();
    assertThat(figures.tailHolds()).isFalse();
    assertThat(figures.effectHolds()).isFalse();
    assertThat(figures.sleeperHolds()).isFalse();
    assertThat(figures.holds()).as("late is not lost").isTrue();
    assertThat(FanoutReport.of(figures).text()).contains("MISSED");
  }

  @Test
  void doesNotHoldWhenAnybodyMissedAnEventOrWasToldOutOfOrder() {
    assertThat(figures(5, 9, 10, 1, SLEPT_WELL).holds()).isFalse();
    assertThat(figures(5, 9, 10, 0, new Sleeper(200_000, 3, 1, 0)).holds()).isFalse();
    assertThat(figures(5, 9, 10, 0, new Sleeper(200_000, 3, 0, 1)).holds()).isFalse();
  }

  @Test
  void takesAsCostWhatTheServerWorksBeyondItsWorkWithoutReaders() {
    assertThat(figures(5, 9, 10, 0, SLEPT_WELL).costMicros()).isEqualTo(50);
  }

  private static FanoutFigures figures(
      long bare, long server, long stalled, long lost, Sleeper sleeper) {
    var second = Duration.ofSeconds(1);
    return new FanoutFigures(
        new FanoutPlan(
            100, 10, 50, 10, 500, 50, 100, 5, second, second, 200_000, second, List.of()),
        new Machine("a processor", 4, 24_000, "Linux 6", "25", "ext4", "abc", 0.5),
        Map.of(
            Kind.BARE_QUIET, new Turn(taking(bare), 0, 0, 0.1),
            Kind.BARE, new Turn(taking(bare), 0, 0, 0.5),
            Kind.SERVER, new Turn(taking(server), lost, 0, 1),
            Kind.SERVER_STALLED, new Turn(taking(stalled), 0, 0, 1)),
        sleeper,
        new Histogram(3),
        new Histogram(3),
        200_000);
  }

  private static Latencies taking(long millis) {
    var histogram = new Histogram(3);
    histogram.recordValueWithCount(Duration.ofMillis(millis).toNanos(), 10_000);
    return new Latencies(histogram, Duration.ofSeconds(1));
  }
}
