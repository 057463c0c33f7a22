package dev.switchboard.model.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.instance.Network;
import dev.switchboard.model.pacing.NewRecipients.Step;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PacingPolicyTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void accountsOnWhatsAppArePacedUnlessAskedOtherwise() {
    PacingPolicy policy = Network.WHATSAPP.standardPacing();
    assertThat(policy.gap()).isEqualTo(Gap.BRISK);
    assertThat(policy.budgets()).isEqualTo(new Budgets(20, 100, 1_000));
    assertThat(policy.newRecipients().steps()).first().isEqualTo(new Step(0, 5));
    assertThat(policy.unpaced()).isFalse();
  }

  @Test
  void theSandboxIsNotPacedUnlessAskedFor() {
    assertThat(Network.SANDBOX.standardPacing().unpaced()).isTrue();
  }

  @Test
  void gapsFillTheirWholeRangeAndNeverLeaveIt() {
    var random = new SplittableRandom(1);
    var drawn = random.longs(10_000).map(Gap.CAUTIOUS::millis).summaryStatistics();
    assertThat(drawn.getMin()).isBetween(20_000L, 22_000L);
    assertThat(drawn.getMax()).isBetween(53_000L, 55_000L);
    assertThat(drawn.getAverage()).isBetween(37_200.0, 37_800.0);
  }

  @Test
  void theOutermostDrawsAreTheOutermostGaps() {
    assertThat(Gap.CAUTIOUS.millis(0)).isEqualTo(Gap.CAUTIOUS.shortest().toMillis());
    assertThat(Gap.CAUTIOUS.millis(-1)).isEqualTo(Gap.CAUTIOUS.longest().toMillis());
    assertThat(Gap.NONE.millis(-1)).isZero();
  }

  @Test
  void namesTheFieldOfAGapThatCannotBe() {
    refuses("pacing.gap.minimum", () -> gap(SECOND.negated(), SECOND, Duration.ZERO));
    refuses("pacing.gap.maximum", () -> gap(SECOND, Duration.ZERO, Duration.ZERO));
    refuses("pacing.gap.maximum", () -> gap(SECOND, Duration.ofMinutes(61), Duration.ZERO));
    refuses("pacing.gap.jitter", () -> gap(SECOND, SECOND, SECOND.plusNanos(1)));
    refuses("pacing.gap.jitter", () -> gap(SECOND, SECOND, SECOND.negated()));
  }

  @Test
  void namesTheBudgetThatCannotBe() {
    refuses("pacing.budgets.per_minute", () -> new Budgets(-1, 0, 0));
    refuses("pacing.budgets.per_hour", () -> new Budgets(0, 10_001, 0));
    refuses("pacing.budgets.per_day", () -> new Budgets(0, 0, 10_001));
  }

  @Test
  void namesTheStepThatCannotBe() {
    refuses("pacing.new_recipients[0].from_day", () -> steps(new Step(1, 5)));
    refuses("pacing.new_recipients[1].from_day", () -> steps(new Step(0, 5), new Step(0, 6)));
    refuses("pacing.new_recipients[1].from_day", () -> steps(new Step(0, 5), new Step(4_000, 6)));
    refuses("pacing.new_recipients[0].per_day", () -> steps(new Step(0, -1)));
    refuses(
        "pacing.new_recipients", () -> new NewRecipients(Collections.nCopies(17, new Step(0, 1))));
  }

  @Test
  void typingTakesAsLongAsTheTextButNotForEver() {
    assertThat(Typing.STANDARD.before(5)).isEqualTo(Duration.ofSeconds(1));
    assertThat(Typing.STANDARD.before(5_000)).isEqualTo(Duration.ofSeconds(10));
    refuses("pacing.typing.characters_per_minute", () -> new Typing(0, SECOND, false));
    refuses("pacing.typing.longest", () -> new Typing(1, Duration.ofSeconds(61), false));
  }

  private static void gap(Duration minimum, Duration maximum, Duration jitter) {
    var _ = new Gap(minimum, maximum, jitter);
  }

  private static void steps(Step... steps) {
    var _ = new NewRecipients(List.of(steps));
  }

  private static void refuses(String field, ThrowingCallable making) {
    assertThatThrownBy(making)
        .isInstanceOfSatisfying(
            GatewayException.class, refusal -> assertThat(refusal.field()).hasValue(field));
  }
}
