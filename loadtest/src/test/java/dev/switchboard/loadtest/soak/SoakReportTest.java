package dev.switchboard.loadtest.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.measure.MachineTime;
import dev.switchboard.loadtest.run.LoadTestException;
import dev.switchboard.loadtest.soak.SoakFigures.Verdict;
import dev.switchboard.loadtest.soak.SoakPlan.Limits;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakReportTest {
  private static final Verdict FINE = new Verdict(100, 0, 0, 0, true);

  @Test
  void holdsWithinTheLimits() {
    SoakFigures figures = figures(FINE, 100, 0, 0, 0);
    assertThat(figures.holds()).isTrue();
    assertThat(SoakReport.of(figures).text()).doesNotContain("BROKEN");
    assertThat(SoakReport.of(figures).line().toString())
        .startsWith("RESULT soak minutes=10.0 sent=100 lost=0 doubled=0")
        .contains("heap_slope_kb_per_minute=100.0");
  }

  @Test
  void failsForEachThingThatGrows() {
    assertThat(figures(FINE, 201, 0, 0, 0).holds()).isFalse();
    assertThat(figures(FINE, 0, 2, 0, 0).holds()).isFalse();
    assertThat(figures(FINE, 0, 0, 2, 0).holds()).isFalse();
    assertThat(figures(FINE, 0, 0, 0, 2).holds()).isFalse();
  }

  @Test
  void failsForAMessageLostOrDoubled() {
    assertThat(figures(new Verdict(100, 0, 1, 0, true), 0, 0, 0, 0).holds()).isFalse();
    assertThat(figures(new Verdict(100, 0, 0, 1, true), 0, 0, 0, 0).holds()).isFalse();
  }

  @Test
  void knowsWhoAnswersInWhichChat() {
    SoakPlan plan = plan();
    assertThat(plan.accountOf(4)).isEqualTo(1);
    assertThat(plan.personOf(4)).isEqualTo(2);
    assertThat(plan.answered(4)).isTrue();
    assertThat(plan.personOf(3)).isEqualTo(1);
    assertThat(plan.answered(3)).isFalse();
    assertThat(plan.pause()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void refusesMoreChatsThanAccounts() {
    var second = Duration.ofSeconds(1);
    var limits = new Limits(1, 1, 1, 1);
    assertThatThrownBy(() -> new SoakPlan(second, 2, 3, 1, second, second, second, limits, second))
        .isInstanceOf(LoadTestException.class);
  }

  private static SoakPlan plan() {
    var minute = Duration.ofMinutes(1);
    return new SoakPlan(
        Duration.ofMinutes(10),
        3,
        3,
        3,
        minute,
        minute,
        Duration.ZERO,
        new Limits(200, 1, 1, 1),
        minute);
  }

  /** Ten minutes in which things grow by so much a minute. */
  private static SoakFigures figures(
      Verdict verdict, long heap, long threads, long files, long journalMegabytes) {
    List<Sample> samples =
        IntStream.range(0, 10)
            .mapToObj(minute ->
                new Sample(
                    minute,
                    1024 * heap * minute,
                    1,
                    threads * minute,
                    files * minute,
                    1024 * journalMegabytes * minute,
                    1,
                    0,
                    0,
                    0))
            .toList();
    return new SoakFigures(
        plan(),
        new Machine(
            "a processor", 4, 24_000, "Linux 6", "25", "ext4", "abc", 0.5, MachineTime.none()),
        samples,
        verdict,
        3,
        List.of(1.0, 2.0));
  }
}
