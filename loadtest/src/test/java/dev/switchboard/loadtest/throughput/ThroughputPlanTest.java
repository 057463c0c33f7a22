package dev.switchboard.loadtest.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.loadtest.run.LoadTestException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThroughputPlanTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void boundsWhatAllAccountsHaveInFlight() {
    ThroughputPlan plan = plan(List.of(1, 100, 1000), 8, 1000);
    assertThat(plan.lanesOf(1)).isEqualTo(8);
    assertThat(plan.lanesOf(100)).isEqualTo(8);
    assertThat(plan.lanesOf(500)).isEqualTo(2);
    assertThat(plan.lanesOf(1000)).isEqualTo(1);
    assertThat(plan.lanesOf(2000)).isEqualTo(1);
  }

  @Test
  void hasEnoughPeopleForOneAccountAndForMany() {
    assertThat(plan(List.of(1), 8, 1000).people()).isEqualTo(16);
    assertThat(plan(List.of(1, 100), 8, 1000).people()).isEqualTo(100);
  }

  @Test
  void refusesNumbersThatDoNotGrow() {
    assertThatThrownBy(() -> plan(List.of(), 8, 8)).isInstanceOf(LoadTestException.class);
    assertThatThrownBy(() -> plan(List.of(0, 1), 8, 8)).isInstanceOf(LoadTestException.class);
    assertThatThrownBy(() -> plan(List.of(1, 1), 8, 8)).isInstanceOf(LoadTestException.class);
  }

  @Test
  void refusesMoreLanesThanRecipients() {
    assertThatThrownBy(() -> plan(List.of(1), 17, 17)).isInstanceOf(LoadTestException.class);
  }

  @Test
  void fillsOneProcessOfThePeerAfterTheOther() {
    assertThat(PeerSender.parts(1)).containsExactly(1);
    assertThat(PeerSender.parts(250)).containsExactly(250);
    assertThat(PeerSender.parts(600)).containsExactly(250, 250, 100);
  }

  private static ThroughputPlan plan(List<Integer> accounts, int lanes, int inFlight) {
    return new ThroughputPlan(
        accounts, lanes, inFlight, 16, 100, 1, SECOND, Duration.ZERO, 1, SECOND);
  }
}
