package dev.switchboard.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.pacing.Budgets;
import dev.switchboard.model.pacing.Gap;
import dev.switchboard.model.pacing.NewRecipients;
import dev.switchboard.model.pacing.NewRecipients.Step;
import dev.switchboard.model.pacing.PacingLimit;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.model.pacing.QuietHours;
import dev.switchboard.model.pacing.Typing;
import dev.switchboard.pacing.Decision.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GovernorTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
  private static final Decision GO = new Decision.Go();
  private static final QuietHours NIGHT =
      new QuietHours(
          ZoneOffset.UTC,
          List.of(new QuietHours.Interval(LocalTime.of(22, 0), LocalTime.of(7, 0))));

  @Test
  void theFirstMessageGoesAtOnce() {
    assertThat(decide(PacingPolicy.STANDARD, PacingHistory.EMPTY, Candidate.NEW, START))
        .isEqualTo(GO);
  }

  @Test
  void theNextOneWaitsForTheGapThatWasDrawnOnce() {
    PacingHistory history = PacingHistory.EMPTY.attempted(START, Familiarity.KNOWN, -1);
    Decision expected = account("12:00:05", PacingLimit.GAP);
    for (int second = 0; second < 5; second++) {
      Instant now = START.plusSeconds(second);
      assertThat(decide(PacingPolicy.STANDARD, history, Candidate.KNOWN, now)).isEqualTo(expected);
    }
    assertThat(decide(PacingPolicy.STANDARD, history, Candidate.KNOWN, START.plusSeconds(5)))
        .isEqualTo(GO);
  }

  @Test
  void aTimeBetweenTwoMillisecondsShortensNoGap() {
    PacingHistory history = PacingHistory.EMPTY.attempted(START.plusNanos(1), Familiarity.KNOWN, 0);
    assertThat(decide(PacingPolicy.STANDARD, history, Candidate.KNOWN, START.plusSeconds(2)))
        .isEqualTo(account("12:00:02.001", PacingLimit.GAP));
  }

  @Test
  void aBudgetIsNotExceededByOneOverTheEdgeOfAMinute() {
    PacingPolicy policy = budgets(2, 0, 0);
    PacingHistory history = history(59, 60);
    assertThat(decide(policy, history, Candidate.KNOWN, START.plusSeconds(61)))
        .isEqualTo(account("12:01:59", PacingLimit.MINUTE_BUDGET));
    assertThat(decide(policy, history, Candidate.KNOWN, START.plusSeconds(119))).isEqualTo(GO);
  }

  @Test
  void theBudgetThatEndsLastBinds() {
    PacingPolicy policy = budgets(1, 2, 3);
    assertThat(decide(policy, history(0), Candidate.KNOWN, START.plusSeconds(1)))
        .isEqualTo(account("12:01:00", PacingLimit.MINUTE_BUDGET));
    assertThat(decide(policy, history(0, 60), Candidate.KNOWN, START.plusSeconds(61)))
        .isEqualTo(account("13:00:00", PacingLimit.HOUR_BUDGET));
    assertThat(decide(policy, history(0, 60, 3_600), Candidate.KNOWN, START.plusSeconds(9_000)))
        .isEqualTo(
            new Decision.NotBefore(
                START.plus(Duration.ofDays(1)), PacingLimit.DAY_BUDGET, Scope.ACCOUNT));
  }

  @Test
  void aPolicyThatChangesHoldsForWhatWasSentBeforeIt() {
    PacingHistory history = PacingHistory.EMPTY;
    for (int i = 0; i < 5_000; i++) {
      history = history.attempted(START.plusMillis(i), Familiarity.KNOWN, 0);
    }
    assertThat(decide(budgets(0, 0, 4_000), history, Candidate.KNOWN, START.plusSeconds(60)))
        .isEqualTo(
            new Decision.NotBefore(
                START.plus(Duration.ofDays(1)).plusMillis(1_000),
                PacingLimit.DAY_BUDGET,
                Scope.ACCOUNT));
  }

  @Test
  void newRecipientsWaitAndOthersDoNot() {
    PacingPolicy policy = newRecipients(new Step(0, 1));
    PacingHistory history = PacingHistory.EMPTY.attempted(START, Familiarity.NEW, 0);
    Instant now = START.plusSeconds(60);
    assertThat(decide(policy, history, Candidate.NEW, now))
        .isEqualTo(
            new Decision.NotBefore(
                START.plus(Duration.ofDays(1)), PacingLimit.NEW_RECIPIENTS, Scope.COLD));
    assertThat(decide(policy, history, Candidate.KNOWN, now)).isEqualTo(GO);
    assertThat(decide(policy, history, new Candidate(Familiarity.APPROACHED, null), now))
        .isEqualTo(GO);
  }

  @Test
  void anOlderAccountMayWriteToMoreStrangers() {
    PacingPolicy policy = newRecipients(new Step(0, 1), new Step(3, 2));
    Instant young = START.plus(Duration.ofDays(3)).minusSeconds(60);
    PacingHistory history = PacingHistory.EMPTY.linked(START).attempted(young, Familiarity.NEW, 0);
    assertThat(decide(policy, history, Candidate.NEW, young.plusSeconds(1)))
        .isEqualTo(
            new Decision.NotBefore(
                START.plus(Duration.ofDays(3)), PacingLimit.NEW_RECIPIENTS, Scope.COLD));
    assertThat(decide(policy, history, Candidate.NEW, young.plusSeconds(60))).isEqualTo(GO);
  }

  @Test
  void anAccountOfUnknownAgeCountsAsNew() {
    PacingPolicy policy = newRecipients(new Step(0, 1), new Step(3, 0));
    PacingHistory history = PacingHistory.EMPTY.attempted(START, Familiarity.NEW, 0);
    assertThat(decide(policy, history, Candidate.NEW, START.plusSeconds(1)))
        .isInstanceOf(Decision.NotBefore.class);
    assertThat(decide(policy, history.linked(START), Candidate.NEW, START.plusSeconds(1)))
        .isEqualTo(
            new Decision.NotBefore(
                START.plus(Duration.ofDays(1)), PacingLimit.NEW_RECIPIENTS, Scope.COLD));
    PacingHistory old = history.linked(START.minus(Duration.ofDays(3)));
    assertThat(decide(policy, old, Candidate.NEW, START.plusSeconds(1))).isEqualTo(GO);
  }

  @Test
  void aReachoutLockHoldsColdMessagesToItsEndAndLetsOthersFlow() {
    Instant end = START.plus(Duration.ofHours(20));
    var lock = new ReachoutLock(START, end);
    Decision locked = new Decision.NotBefore(end, PacingLimit.REACHOUT_LOCK, Scope.COLD);
    assertThat(decide(PacingPolicy.NONE, Candidate.NEW, lock)).isEqualTo(locked);
    assertThat(decide(PacingPolicy.NONE, new Candidate(Familiarity.APPROACHED, null), lock))
        .isEqualTo(locked);
    assertThat(decide(PacingPolicy.NONE, Candidate.KNOWN, lock)).isEqualTo(GO);
  }

  @Test
  void aLockWithoutAKnownEndHoldsColdMessagesUntilItIsLifted() {
    var lock = new ReachoutLock(START, null);
    assertThat(decide(PacingPolicy.NONE, Candidate.NEW, lock))
        .isEqualTo(new Decision.Held(PacingLimit.REACHOUT_LOCK, Scope.COLD));
    assertThat(decide(PacingPolicy.NONE, Candidate.KNOWN, lock)).isEqualTo(GO);
    assertThat(decide(PacingPolicy.NONE, Candidate.NEW, null)).isEqualTo(GO);
  }

  @Test
  void aBudgetThatEndsInQuietHoursWaitsForTheirEnd() {
    PacingPolicy policy =
        new PacingPolicy(
            Gap.NONE, new Budgets(0, 1, 0), NewRecipients.UNLIMITED, NIGHT, Typing.STANDARD);
    PacingHistory history = history(Duration.ofMinutes(9 * 60 + 30).toSeconds());
    assertThat(decide(policy, history, Candidate.KNOWN, Instant.parse("2026-01-01T21:45:00Z")))
        .isEqualTo(
            new Decision.NotBefore(
                Instant.parse("2026-01-02T07:00:00Z"), PacingLimit.QUIET_HOURS, Scope.ACCOUNT));
  }

  private static Decision decide(
      PacingPolicy policy, Candidate candidate, @Nullable ReachoutLock lock) {
    return Governor.decide(policy, PacingHistory.EMPTY, candidate, lock, START.plusSeconds(1));
  }

  private static Decision decide(
      PacingPolicy policy, PacingHistory history, Candidate candidate, Instant now) {
    return Governor.decide(policy, history, candidate, null, now);
  }

  private static Decision account(String time, PacingLimit limit) {
    return new Decision.NotBefore(Instant.parse("2026-01-01T" + time + "Z"), limit, Scope.ACCOUNT);
  }

  private static PacingHistory history(long... seconds) {
    PacingHistory history = PacingHistory.EMPTY;
    for (long second : seconds) {
      history = history.attempted(START.plusSeconds(second), Familiarity.KNOWN, 0);
    }
    return history;
  }

  private static PacingPolicy budgets(int minute, int hour, int day) {
    return with(new Budgets(minute, hour, day), NewRecipients.UNLIMITED);
  }

  private static PacingPolicy newRecipients(Step... steps) {
    return with(Budgets.UNLIMITED, new NewRecipients(List.of(steps)));
  }

  private static PacingPolicy with(Budgets budgets, NewRecipients newRecipients) {
    return new PacingPolicy(
        Gap.NONE, budgets, newRecipients, PacingPolicy.NONE.quietHours(), Typing.STANDARD);
  }
}
