package dev.switchboard.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.model.pacing.Budgets;
import dev.switchboard.model.pacing.Gap;
import dev.switchboard.model.pacing.PacingLimit;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.model.pacing.SendPlan;
import dev.switchboard.pacing.Planner.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The gap of {@link #GAP} is 2 seconds until something is sent, and 3.5 in the middle. */
class TypingPlanTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Gap GAP = Gap.BRISK;

  @Test
  void aTextIsTypedInTheGapAndWhatIsLongerIsWaitedFor() {
    SendPlan alone = plan(GAP, Waiting.NOBODY, typed(10_000));
    assertThat(alone.time()).isEqualTo(NOW.plusSeconds(10));
    assertThat(alone.limit()).isEqualTo(PacingLimit.TYPING);
    SendPlan inTheGap = plan(GAP, Waiting.spread(1, 0), typed(1_000));
    assertThat(inTheGap.time()).isEqualTo(NOW.plusMillis(3_500));
    assertThat(inTheGap.limit()).isEqualTo(PacingLimit.GAP);
    SendPlan longer = plan(GAP, Waiting.spread(1, 0), typed(10_000));
    assertThat(longer.time()).isEqualTo(NOW.plusSeconds(10));
  }

  @Test
  void aTextThatIsTypedHoldsUpNobodyElse() {
    Waiting before = allTyped(1, Duration.ofSeconds(60));
    assertThat(plan(GAP, before, Candidate.KNOWN).time()).isEqualTo(NOW);
    assertThat(plan(GAP, before, typed(1_000)).time()).isEqualTo(NOW.plusSeconds(2 + 1));
  }

  @Test
  void textsThatAreTypedGoAtThePaceOfTheGap() {
    SendPlan plan = plan(GAP, allTyped(10, Duration.ofSeconds(10)), typed(10_000));
    assertThat(plan.time()).isEqualTo(NOW.plusSeconds(10 + 35));
  }

  @Test
  void manyMayBeTypedWhereNothingIsPaced() {
    SendPlan plan = plan(Gap.NONE, allTyped(15_000, Duration.ofSeconds(10)), typed(10_000));
    assertThat(plan.time()).isEqualTo(NOW.plusSeconds(10));
  }

  @Test
  void nothingIsTypedBeforeTheTimeThatTheCallerChose() {
    Instant later = NOW.plusSeconds(60);
    Candidate candidate =
        new Candidate(Familiarity.KNOWN, later, new Keystrokes(Duration.ofSeconds(5), null));
    assertThat(plan(GAP, Waiting.NOBODY, candidate).time()).isEqualTo(later.plusSeconds(5));
  }

  @Test
  void whatHappensDiffersFromThePlanByTheJitterAtMost() {
    for (int seed = 0; seed < 200; seed++) {
      var random = new SplittableRandom(seed);
      Duration shortest = Duration.ofMillis(random.nextInt(1, 5_000));
      Gap gap = new Gap(shortest, Duration.ofSeconds(6), Duration.ZERO);
      Duration length = Duration.ofMillis(random.nextInt(1, 60_000));
      int before = random.nextInt(20);
      SendPlan plan = plan(gap, allTyped(before, length), typed(length.toMillis()));
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

  private static SendPlan plan(Gap gap, Waiting before, Candidate candidate) {
    return Planner.plan(
        new Situation(policy(gap), PacingHistory.EMPTY, before, candidate, null, true, null), NOW);
  }

  private static PacingPolicy policy(Gap gap) {
    PacingPolicy none = PacingPolicy.NONE;
    return new PacingPolicy(
        gap, Budgets.UNLIMITED, none.newRecipients(), none.quietHours(), none.typing());
  }

  private static Waiting allTyped(int count, Duration length) {
    Map<Integer, Duration> typed =
        IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> i, _ -> length));
    return new Waiting(count, new BitSet(), typed);
  }

  private static Candidate typed(long millis) {
    return typed(Duration.ofMillis(millis), null);
  }

  private static Candidate typed(Duration length, @Nullable Instant lastBegan) {
    return new Candidate(Familiarity.KNOWN, null, new Keystrokes(length, lastBegan));
  }
}
