package dev.switchboard.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.model.message.Priority;
import dev.switchboard.model.pacing.Budgets;
import dev.switchboard.model.pacing.Gap;
import dev.switchboard.model.pacing.PacingLimit;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.model.pacing.SendPlan;
import dev.switchboard.model.pacing.Typing;
import dev.switchboard.pacing.Planner.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The gap of {@link #GAP} is 2 seconds until something is sent, and 3.5 in the middle. */
class TypingPlanTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Gap GAP = Gap.BRISK;

  @Test
  void aTextIsTypedInTheGapAndWhatIsLongerIsWaitedFor() {
    SendPlan alone = plan(GAP, Queued.NOBODY, message(null, 10_000));
    assertThat(alone.time()).isEqualTo(NOW.plusSeconds(10));
    assertThat(alone.limit()).isEqualTo(PacingLimit.TYPING);
    SendPlan inTheGap = plan(GAP, Queued.spread(1, 0), message(null, 1_000));
    assertThat(inTheGap.time()).isEqualTo(NOW.plusMillis(3_500));
    assertThat(inTheGap.limit()).isEqualTo(PacingLimit.GAP);
    SendPlan longer = plan(GAP, Queued.spread(1, 0), message(null, 10_000));
    assertThat(longer.time()).isEqualTo(NOW.plusSeconds(10));
  }

  @Test
  void aTextThatIsTypedHoldsUpNobodyElse() {
    List<Planner.Chat> before = allTyped(1, Duration.ofSeconds(60));
    assertThat(plan(GAP, before, message(null, 0)).time()).isEqualTo(NOW);
    assertThat(plan(GAP, before, message(null, 1_000)).time()).isEqualTo(NOW.plusSeconds(2 + 1));
  }

  @Test
  void textsThatAreTypedGoAtThePaceOfTheGap() {
    SendPlan plan = plan(GAP, allTyped(10, Duration.ofSeconds(10)), message(null, 10_000));
    assertThat(plan.time()).isEqualTo(NOW.plusSeconds(10 + 35));
  }

  @Test
  void manyMayBeTypedWhereNothingIsPaced() {
    SendPlan plan = plan(Gap.NONE, allTyped(15_000, Duration.ofSeconds(10)), message(null, 10_000));
    assertThat(plan.time()).isEqualTo(NOW.plusSeconds(10));
  }

  @Test
  void nothingIsTypedBeforeTheTimeThatTheCallerChose() {
    Instant later = NOW.plusSeconds(60);
    assertThat(plan(GAP, Queued.NOBODY, message(later, 5_000)).time())
        .isEqualTo(later.plusSeconds(5));
  }

  @Test
  void whatHappensDiffersFromThePlanByTheJitterAtMost() {
    for (int seed = 0; seed < 200; seed++) {
      var random = new SplittableRandom(seed);
      Duration shortest = Duration.ofMillis(random.nextInt(1, 5_000));
      Gap gap = new Gap(shortest, Duration.ofSeconds(6), Duration.ZERO);
      Duration length = Duration.ofMillis(random.nextInt(1, 60_000));
      int before = random.nextInt(20);
      SendPlan plan = plan(gap, allTyped(before, length), message(null, length.toMillis()));
      Instant real = happens(gap, before, length, random);
      assertThat(real).as("seed %s", seed).isBetween(plan.earliest(), plan.latest());
    }
  }

  /** As a sender does it: the first that was typed goes when it may, and the next one is typed. */
  private static Instant happens(Gap gap, int before, Duration length, SplittableRandom random) {
    PacingHistory history = PacingHistory.EMPTY;
    ArrayDeque<Instant> underway = new ArrayDeque<>();
    Instant lastBegan = null;
    Instant now = NOW;
    for (int sent = 0, begun = 0; true; ) {
      boolean typed = !underway.isEmpty() && !underway.peek().isAfter(now);
      Decision first = typed ? decide(gap, history, Candidate.KNOWN, now) : null;
      Decision next = begun > before ? null : decide(gap, history, typed(length, lastBegan), now);
      if (first instanceof Decision.Go) {
        if (sent++ == before) {
          return now;
        }
        underway.remove();
        history = history.attempted(now, Familiarity.KNOWN, random);
      } else if (next instanceof Decision.Type type) {
        underway.add(type.until());
        lastBegan = now;
        begun++;
      } else {
        Instant end = typed || underway.isEmpty() ? Instant.MAX : underway.peek();
        now = earliest(end, earliest(time(first), time(next)));
      }
    }
  }

  private static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant time(@Nullable Decision decision) {
    return decision instanceof Decision.NotBefore wait ? wait.time() : Instant.MAX;
  }

  private static Decision decide(Gap gap, PacingHistory history, Candidate candidate, Instant now) {
    return Governor.decide(policy(gap), history, candidate, null, now);
  }

  private static SendPlan plan(Gap gap, List<Planner.Chat> before, Waiting message) {
    return Planner.plan(
        new Situation(
            policy(gap),
            PacingHistory.EMPTY,
            before,
            Planner.Chat.empty(Familiarity.KNOWN),
            message,
            null,
            true),
        NOW);
  }

  /** A character is a millisecond. */
  private static PacingPolicy policy(Gap gap) {
    PacingPolicy none = PacingPolicy.NONE;
    return new PacingPolicy(
        gap,
        Budgets.UNLIMITED,
        none.newRecipients(),
        none.quietHours(),
        new Typing(60_000, Duration.ofMinutes(1), false));
  }

  private static Waiting message(@Nullable Instant notBefore, long typedMillis) {
    return Waiting.last(Priority.NORMAL, notBefore, null, (int) typedMillis);
  }

  private static List<Planner.Chat> allTyped(int count, Duration length) {
    return Queued.typed(count, (int) length.toMillis());
  }

  private static Candidate typed(Duration length, @Nullable Instant lastBegan) {
    return new Candidate(Familiarity.KNOWN, new Keystrokes(length, lastBegan));
  }
}
