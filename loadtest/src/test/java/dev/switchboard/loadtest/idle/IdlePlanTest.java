package dev.switchboard.loadtest.idle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.loadtest.run.LoadTestException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdlePlanTest {
  @Test
  void partsMakeTheWhole() {
    var plan = plan(500, 5);
    assertThat(plan.firstPart()).hasSize(50);
    assertThat(plan.secondPart()).hasSize(450).doesNotContainAnyElementsOf(plan.firstPart());
  }

  @Test
  void hasAFirstPartHoweverFewTheAccounts() {
    assertThat(plan(2, 5).firstPart()).hasSize(1);
  }

  @Test
  void refusesToDivideByNothing() {
    assertThatThrownBy(() -> plan(1, 5)).isInstanceOf(LoadTestException.class);
    assertThatThrownBy(() -> plan(500, 0)).isInstanceOf(LoadTestException.class);
  }

  @Test
  void writesToOtherPeersFromEachAccountEachOnce() {
    var people = List.of("a", "b", "c");
    assertThat(new Account(0).peers(people, 2)).containsExactly("a", "b");
    assertThat(new Account(2).peers(people, 2)).containsExactly("c", "a");
  }

  private static IdlePlan plan(int accounts, int peers) {
    return new IdlePlan(accounts, peers, 16, Duration.ofSeconds(1), Duration.ZERO, List.of());
  }
}
