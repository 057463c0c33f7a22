package dev.switchboard.loadtest.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.loadtest.fanout.FanoutFigures.Kind;
import dev.switchboard.loadtest.fanout.FanoutFigures.Sleeper;
import dev.switchboard.loadtest.fanout.FanoutFigures.Turn;
import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.measure.MachineTime;
import dev.switchboard.loadtest.measure.ThreadTimes;
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

  @Test
  void saysWhenTheMachineWasAtItsLimitAndHowManyEventsWouldLeaveItRoom() {
    var limit = figures(5, 9, 10, 0, SLEPT_WELL, 1);
    assertThat(limit.saturated()).isTrue();
    assertThat(limit.rateWithRoom()).isEqualTo(400);
    assertThat(FanoutReport.of(limit).text())
        .contains("THE MACHINE WAS AT ITS LIMIT", "about 400 events a second");
    var idle = figures(5, 9, 10, 0, SLEPT_WELL, 0.5);
    assertThat(idle.saturated()).isFalse();
    assertThat(FanoutReport.of(idle).text()).doesNotContain("LIMIT");
  }

  @Test
  void tellsLatenessFromTheSocketAndFromTheCall() {
    assertThat(FanoutReport.of(figures(5, 9, 10, 0, SLEPT_WELL)).line().toString())
        .containsPattern("p99_ms=9.0.* call_p99_ms=18.0");
  }

  @Test
  void tellsWhatEachProgramTookForAMessage() {
    assertThat(FanoutReport.of(figures(5, 9, 10, 0, SLEPT_WELL)).text())
        .containsPattern("server +\\| +1000.00 \\| +2000.00")
        .containsPattern("event-writer +\\| +200.00");
  }

  private static FanoutFigures figures(
      long bare, long server, long stalled, long lost, Sleeper sleeper) {
    return figures(bare, server, stalled, lost, sleeper, 0.5);
  }

  private static FanoutFigures figures(
      long bare, long server, long stalled, long lost, Sleeper sleeper, double busy) {
    var second = Duration.ofSeconds(1);
    return new FanoutFigures(
        new FanoutPlan(
            100, 10, 50, 10, 500, 50, 100, 5, second, second, 200_000, second, List.of()),
        new Machine(
            "a processor", 4, 24_000, "Linux 6", "25", "ext4", "abc", 0.5, MachineTime.none()),
        Map.of(
            Kind.BARE_QUIET, new Turn(taking(bare), taking(bare), 0, 0, working(100, 0.5)),
            Kind.BARE, new Turn(taking(bare), taking(bare), 0, 0, working(500, 0.5)),
            Kind.SERVER,
                new Turn(taking(server), taking(2 * server), lost, 0, working(1_000, busy)),
            Kind.SERVER_STALLED,
                new Turn(taking(stalled), taking(stalled), 0, 0, working(1_000, busy))),
        sleeper,
        new Histogram(3),
        new Histogram(3),
        200_000);
  }

  /** 500 messages in a second, of which the server worked so much. */
  private static Work working(long millis, double busy) {
    var times =
        new ThreadTimes(
            Map.of(Work.SERVER, Duration.ofMillis(millis), Work.BARE, Duration.ofMillis(millis)));
    return new Work(
        new ThreadTimes(Map.of("event-writer", Duration.ofMillis(100))),
        times,
        new MachineTime(
            Duration.ofMillis((long) (4_000 * busy)), Duration.ofSeconds(4), Duration.ZERO),
        500,
        Duration.ofSeconds(1));
  }

  private static Latencies taking(long millis) {
    var histogram = new Histogram(3);
    histogram.recordValueWithCount(Duration.ofMillis(millis).toNanos(), 10_000);
    return new Latencies(histogram, Duration.ofSeconds(1));
  }
}
