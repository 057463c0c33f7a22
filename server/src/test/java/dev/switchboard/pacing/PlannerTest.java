package dev.switchboard.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.message.Priority;
import dev.switchboard.model.pacing.Budgets;
import dev.switchboard.model.pacing.Gap;
import dev.switchboard.model.pacing.NewRecipients;
import dev.switchboard.model.pacing.PacingLimit;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.model.pacing.SendPlan;
import dev.switchboard.model.pacing.SendRisk;
import dev.switchboard.model.pacing.Typing;
import dev.switchboard.pacing.Planner.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration DAYS_2 = Duration.ofDays(2);
  private static final Duration HOURS_6 = Duration.ofHours(6);
  private static final PacingHistory OLD =
      PacingHistory.EMPTY.linked(NOW.minus(Duration.ofDays(365)));

  @Test
  void aMessageThatGoesAtOnceHasNoLimitAndNoRisk() {
    SendPlan plan = plan(PacingPolicy.STANDARD, Queued.NOBODY, Familiarity.KNOWN);
    assertThat(plan.time()).isEqualTo(NOW);
    assertThat(plan.limit()).isNull();
    assertThat(plan.risks()).isEmpty();
  }

  @Test
  void whatWaitsBeforeItGoesBeforeIt() {
    SendPlan plan = plan(PacingPolicy.STANDARD, Queued.spread(10, 0), Familiarity.KNOWN);
    assertThat(plan.time()).isEqualTo(NOW.plusSeconds(35));
    assertThat(plan.earliest()).isEqualTo(NOW.plusSeconds(20));
    assertThat(plan.latest()).isEqualTo(NOW.plusSeconds(50));
    assertThat(plan.limit()).isEqualTo(PacingLimit.GAP);
  }

  @Test
  void namesTheLimitThatItWaitsForLongest() {
    SendPlan today = plan(PacingPolicy.STANDARD, Queued.spread(150, 0), Familiarity.KNOWN);
    assertThat(today.limit()).isEqualTo(PacingLimit.HOUR_BUDGET);
    assertThat(today.time()).isBetween(NOW.plusSeconds(3_600), NOW.plusSeconds(7_200));
    assertThat(today.risks()).isEmpty();
    SendPlan later = plan(PacingPolicy.STANDARD, Queued.spread(2_500, 0), Familiarity.KNOWN);
    assertThat(later.limit()).isEqualTo(PacingLimit.DAY_BUDGET);
    assertThat(later.time()).isBetween(NOW.plus(DAYS_2), NOW.plus(DAYS_2).plus(HOURS_6));
    assertThat(later.risks()).containsExactly(SendRisk.NEAR_DAY_BUDGET);
  }

  @Test
  void coldMessagesThatWaitHoldNobodyElseUp() {
    PacingPolicy policy = PacingPolicy.STANDARD;
    PacingHistory young = PacingHistory.EMPTY.linked(NOW);
    List<Planner.Chat> before = Queued.spread(20, 20);
    SendPlan warm = Planner.plan(situation(policy, young, before, Familiarity.KNOWN, null), NOW);
    SendPlan cold = Planner.plan(situation(policy, young, before, Familiarity.NEW, null), NOW);
    assertThat(warm.time()).isEqualTo(NOW.plusMillis(5 * 3_500));
    assertThat(cold.time()).isAfter(NOW.plus(Duration.ofDays(3)));
    assertThat(cold.limit()).isEqualTo(PacingLimit.NEW_RECIPIENTS);
    assertThat(cold.risks()).contains(SendRisk.COLD_RECIPIENT, SendRisk.NEW_ACCOUNT);
  }

  @Test
  void aLockHoldsColdMessagesAndTheirPlan() {
    Instant end = NOW.plus(HOURS_6);
    var ending = new ReachoutLock(NOW, end);
    var endless = new ReachoutLock(NOW, null);
    SendPlan planned = locked(Familiarity.NEW, ending);
    assertThat(planned.time()).isEqualTo(end);
    assertThat(planned.risks()).contains(SendRisk.REACHOUT_LOCK);
    assertThat(locked(Familiarity.NEW, endless).time()).isNull();
    assertThat(locked(Familiarity.KNOWN, endless).time()).isEqualTo(NOW.plusMillis(3_500));
    assertThat(locked(Familiarity.KNOWN, endless).risks()).doesNotContain(SendRisk.REACHOUT_LOCK);
  }

  @Test
  void tellsWhatIsNotForPacingToSettle() {
    var situation =
        new Situation(
            PacingPolicy.NONE,
            OLD,
            Queued.NOBODY,
            Planner.Chat.empty(Familiarity.KNOWN),
            Waiting.last(Priority.NORMAL, NOW.plusSeconds(60), NOW.plusSeconds(59), 0),
            null,
            false);
    SendPlan plan = Planner.plan(situation, NOW);
    assertThat(plan.time()).isEqualTo(NOW.plusSeconds(60));
    assertThat(plan.limit()).isEqualTo(PacingLimit.SCHEDULE);
    assertThat(plan.risks())
        .containsExactlyInAnyOrder(
            SendRisk.UNPACED, SendRisk.NOT_CONNECTED, SendRisk.EXPIRES_BEFORE);
  }

  @Test
  void aQueueLongerThanIsWalkedIsTakenToGoOnAtTheSamePace() {
    var policy = paced(Gap.NONE, new Budgets(0, 1_000, 0));
    SendPlan walked = plan(policy, Queued.spread(Walk.LONGEST - 1, 0), Familiarity.KNOWN);
    SendPlan longer = plan(policy, Queued.spread(Walk.LONGEST * 5, 0), Familiarity.KNOWN);
    assertThat(walked.time()).isEqualTo(NOW.plus(Duration.ofHours(19)));
    assertThat(longer.time())
        .isBetween(NOW.plus(Duration.ofHours(94)), NOW.plus(DAYS_2.multipliedBy(3)));
  }

  @Test
  void planningLeavesTheHistoryAlone() {
    PacingHistory history = OLD.attempted(NOW.minusSeconds(1), Familiarity.KNOWN, 0);
    byte[] before = history.encode();
    Planner.plan(
        situation(PacingPolicy.STANDARD, history, Queued.spread(99, 9), Familiarity.NEW, null),
        NOW);
    PacingHistory next = history.attempted(NOW, Familiarity.KNOWN, 0);
    assertThat(history.encode()).isEqualTo(before);
    assertThat(next.attemptsWithin(HOURS_6, NOW)).isEqualTo(2);
  }

  @Test
  void whatHappensDiffersFromThePlanByTheJitterAtMost() {
    for (int seed = 0; seed < 300; seed++) {
      var random = new SplittableRandom(seed);
      var policy = new AnyPolicy(random).next();
      PacingHistory history = past(random);
      List<Planner.Chat> before = Queued.spread(random.nextInt(150), 0);
      SendPlan plan =
          Planner.plan(situation(policy, history, before, Familiarity.KNOWN, null), NOW);
      Instant real = happens(policy, history, before, random);
      assertThat(real).as("seed %s", seed).isBetween(plan.earliest(), plan.latest());
      assertThat(plan.time()).isBetween(plan.earliest(), plan.latest());
    }
  }

  private static Instant happens(
      PacingPolicy policy, PacingHistory past, List<Planner.Chat> before, SplittableRandom random) {
    PacingHistory history = PacingHistory.decode(past.encode());
    Instant now = NOW;
    for (int sent = 0; true; sent++) {
      if (Governor.decide(policy, history, Candidate.KNOWN, null, now)
          instanceof Decision.NotBefore wait) {
        now = wait.time();
      }
      if (sent == before.size()) {
        return now;
      }
      history = history.attempted(now, Familiarity.KNOWN, random);
    }
  }

  private static PacingHistory past(SplittableRandom random) {
    List<Instant> times = new ArrayList<>();
    for (int i = random.nextInt(150); i > 0; i--) {
      times.add(NOW.minusMillis(random.nextInt(86_400_000)));
    }
    PacingHistory history = OLD;
    for (Instant time : times.stream().sorted().toList()) {
      history = history.attempted(time, Familiarity.KNOWN, random);
    }
    return history;
  }

  private static PacingPolicy paced(Gap gap, Budgets budgets) {
    return new PacingPolicy(
        gap, budgets, NewRecipients.UNLIMITED, PacingPolicy.NONE.quietHours(), Typing.STANDARD);
  }

  private static SendPlan locked(Familiarity recipient, ReachoutLock lock) {
    return Planner.plan(
        situation(PacingPolicy.STANDARD, OLD, Queued.spread(1, 0), recipient, lock), NOW);
  }

  private static SendPlan plan(
      PacingPolicy policy, List<Planner.Chat> before, Familiarity recipient) {
    return Planner.plan(situation(policy, OLD, before, recipient, null), NOW);
  }

  private static Situation situation(
      PacingPolicy policy,
      PacingHistory history,
      List<Planner.Chat> before,
      Familiarity recipient,
      @Nullable ReachoutLock lock) {
    Waiting message = Waiting.last(Priority.NORMAL, null, null, 0);
    return new Situation(
        policy, history, before, Planner.Chat.empty(recipient), message, lock, true);
  }
}
