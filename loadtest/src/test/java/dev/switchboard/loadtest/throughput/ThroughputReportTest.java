package dev.switchboard.loadtest.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.measure.MachineTime;
import dev.switchboard.loadtest.measure.ThreadTimes;
import dev.switchboard.loadtest.throughput.Turn.Cost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThroughputReportTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void countsProgramAndDatabaseTogether() {
    Turn turn = turn(1000, 300, 200);
    assertThat(turn.perCpuSecond()).isEqualTo(2000);
    assertThat(turn.programMicros()).isEqualTo(300);
    assertThat(turn.databaseMicros()).isEqualTo(200);
  }

  @Test
  void addsTurnsThatFollowEachOther() {
    Turn sum = turn(1000, 300, 200).plus(turn(3000, 300, 200)).plus(Turn.NONE);
    assertThat(sum.perSecond()).isEqualTo(2000);
    assertThat(sum.perCpuSecond()).isEqualTo(4000);
  }

  @Test
  void tellsTheLargestNumberOfAccounts() {
    var figures =
        figures(
            "",
            level(1, turn(10, 300, 200), turn(10, 100, 0)),
            level(100, turn(1000, 300, 200), turn(400, 1000, 0)));
    assertThat(ThroughputReport.of(figures).line().toString())
        .isEqualTo(
            "RESULT throughput per_second=1000.0 per_cpu_second=2000.0 peer_per_cpu_second=400.0");
    assertThat(ThroughputReport.of(figures).text())
        .contains("5.0 times", "Node v24.0.0", "target 5.0: met");
  }

  @Test
  void tellsThatTheTargetIsMissed() {
    var figures = figures("", level(1, turn(1000, 300, 200), turn(401, 1000, 0)));
    assertThat(ThroughputReport.of(figures).text()).contains("MISSED");
  }

  @Test
  void saysThatThereWasNoPeer() {
    var figures = figures("node is not there", level(1, turn(1000, 300, 200), null));
    assertThat(ThroughputReport.of(figures).line().toString())
        .endsWith("peer_per_cpu_second=skipped");
    assertThat(ThroughputReport.of(figures).text()).contains("NO PEER", "node is not there");
  }

  @Test
  void tellsWhichThreadsAMessageTakes() {
    ThroughputFigures figures = figures("", level(1, turn(1000, 30, 20), turn(1000, 500, 0)));

    assertThat(ThroughputReport.of(figures).text())
        .containsPattern("projector +\\| +30\\.00")
        .containsPattern("PostgreSQL +\\| +20\\.00");
  }

  @Test
  void restsBelowAFifthOfAProcessor() {
    assertThat(Meter.rests(cost(99), Duration.ofMillis(500), Cost.NONE)).isTrue();
    assertThat(Meter.rests(cost(100), Duration.ofMillis(500), Cost.NONE)).isFalse();
  }

  @Test
  void restsWhileItsAccountsIdleInBursts() {
    assertThat(Meter.rests(cost(399), Duration.ofMillis(500), cost(300))).isTrue();
    assertThat(Meter.rests(cost(400), Duration.ofMillis(500), cost(300))).isFalse();
  }

  @Test
  void idlesOnlyWhenNoAccountIsAtWork() {
    assertThat(Meter.idles(cost(199), 1)).isTrue();
    assertThat(Meter.idles(cost(699), 1_000)).isTrue();
    assertThat(Meter.idles(cost(701), 1_000)).isFalse();
    assertThat(Meter.idles(cost(2_790), 1_000)).isFalse();
  }

  @Test
  void takesIdlingOffTheCost() {
    assertThat(cost(1000).without(cost(20).times(2.5)).program()).isEqualByComparingTo(millis(950));
    assertThat(cost(10).without(cost(20)).program()).isZero();
  }

  @Test
  void saysThatThePeerFailed() {
    Turn failing = new Turn(turn(10, 1, 0).latencies(), 5, cost(10));
    var figures = figures("", level(7, turn(1000, 300, 200), failing));
    assertThat(ThroughputReport.of(figures).text())
        .contains("THE PEER FAILED with 7 accounts: 5 of 15 messages");
    assertThat(turn(10, 1, 0).failing()).isFalse();
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  private static Cost cost(long millis) {
    return new Cost(Duration.ofMillis(millis), Duration.ZERO, ThreadTimes.none());
  }

  private static Level level(int accounts, Turn server, @Nullable Turn peer) {
    return new Level(accounts, 1, server, peer, SECOND, 0.5);
  }

  private static ThroughputFigures figures(String missing, Level... levels) {
    return new ThroughputFigures(
        new ThroughputPlan(List.of(1), 1, 1, 16, 100, 1, SECOND, SECOND, 1, SECOND),
        new Machine(
            "a processor", 4, 24_000, "Linux 6", "25", "ext4", "abc", 0.5, MachineTime.none()),
        List.of(levels),
        new ThroughputFigures.Peer("Node v24.0.0", missing),
        List.of());
  }

  private static Turn turn(int messages, long programMillis, long databaseMillis) {
    var histogram = new Histogram(3);
    histogram.recordValueWithCount(Duration.ofMillis(5).toNanos(), messages);
    return new Turn(
        new Latencies(histogram, SECOND),
        0,
        new Cost(
            Duration.ofMillis(programMillis),
            Duration.ofMillis(databaseMillis),
            new ThreadTimes(Map.of("projector", Duration.ofMillis(programMillis)))));
  }
}
