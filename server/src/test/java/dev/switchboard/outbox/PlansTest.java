package dev.switchboard.outbox;

import static dev.switchboard.testing.Samples.ACCOUNT;
import static dev.switchboard.testing.Samples.BOB;
import static dev.switchboard.testing.Samples.CAROL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.Priority;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.model.pacing.Budgets;
import dev.switchboard.model.pacing.Gap;
import dev.switchboard.model.pacing.NewRecipients;
import dev.switchboard.model.pacing.PacingLimit;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.model.pacing.SendPlan;
import dev.switchboard.pacing.Familiarity;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.testing.Samples;
import dev.switchboard.testing.SendingBench;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a message would go, and what is asked of storage to say so; nobody is connected. */
@Timeout(60)
class PlansTest {
  private static final Duration SOON = Duration.ofMinutes(5);
  private static final Instance INSTANCE =
      Samples.linked(ACCOUNT, InstanceState.DISCONNECTED, true);

  private final ManualClock clock = new ManualClock();
  private final SendingBench bench = new SendingBench(clock);
  private int accepted;

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void thoseBehindAHeldStrangerWaitForTheirChatAndHoldNobodyElseUp() throws Exception {
    bench.policy(PacingPolicy.STANDARD);
    bench.familiar(BOB, Familiarity.KNOWN);
    spendNewRecipients();
    queueTexts(60, 3);
    assertThat(accepts(BOB, SOON)).isTrue();
    assertThat(plan(BOB).latest()).isBefore(clock.instant().plusSeconds(10));
    assertThat(plan(CAROL).time()).isAfter(clock.instant().plus(Duration.ofDays(3)));
  }

  @Test
  void whoIsKnownAndAheadIsWaitedForThoughNobodyAskedYet() throws Exception {
    bench.policy(PacingPolicy.STANDARD);
    bench.familiar(BOB, Familiarity.KNOWN);
    spendNewRecipients();
    queueTexts(150, 2);
    everybodyQueuedIs(Familiarity.KNOWN);
    assertThat(refusal(BOB, SOON).reason()).isEqualTo(Reason.PACING_BUDGET_EXHAUSTED);
    int asked = bench.familiarityQuestions();
    assertThat(asked).isBetween(2, 100);
    assertThat(refusal(CAROL, SOON).reason()).isEqualTo(Reason.PACING_BUDGET_EXHAUSTED);
    assertThat(bench.familiarityQuestions()).as("each chat is asked for once").isEqualTo(asked);
  }

  @Test
  void aTextTakesItsTurnBehindWhatIsTypedInItsChat() throws Exception {
    for (int i = 0; i < 3; i++) {
      queue("typed " + i, BOB, new SendOptions(Priority.NORMAL, null, null, true, null));
    }
    Duration typed = Duration.ofMillis(200L * "text typed 0".length());
    bench.familiar(BOB, Familiarity.KNOWN);
    assertThat(plan(BOB).time()).isEqualTo(clock.instant().plus(typed.multipliedBy(3)));
    assertThat(plan(BOB).limit()).isEqualTo(PacingLimit.TYPING);
    assertThat(plan(CAROL).time()).isEqualTo(clock.instant());
  }

  @Test
  void whatIsScheduledLaterThanAnotherMayStillGoBeforeIt() throws Exception {
    bench.policy(gap(Duration.ofSeconds(10)));
    queueTexts(3, 1);
    Instant soon = clock.instant().plusSeconds(15);
    queue("soon", CAROL, new SendOptions(Priority.NORMAL, soon, null, false, null));
    assertThat(plan(BOB).time()).isEqualTo(clock.instant().plusSeconds(40));
  }

  @Test
  void whatExpiresBeforeHoldsNobodyUp() throws Exception {
    bench.policy(gap(Duration.ofSeconds(10)));
    queueTexts(1, 1);
    Instant soon = clock.instant().plusSeconds(15);
    for (int i = 0; i < 5; i++) {
      queue("expires " + i, CAROL, new SendOptions(Priority.NORMAL, null, soon, false, null));
    }
    assertThat(plan(BOB).time()).isEqualTo(clock.instant().plusSeconds(20));
  }

  @Test
  void nobodyIsAskedWhereNoLimitHangsOnWhoItIs() throws Exception {
    queueTexts(20, 2);
    assertThat(accepts(BOB, SOON)).as("unpaced").isTrue();
    bench.policy(gap(Duration.ofSeconds(10)));
    assertThat(accepts(BOB, Duration.ofMinutes(10))).as("a gap").isTrue();
    assertThat(refusal(BOB, Duration.ofSeconds(10)).reason())
        .isEqualTo(Reason.PACING_BUDGET_EXHAUSTED);
    assertThat(bench.familiarityQuestions()).isZero();
  }

  @Test
  void nobodyIsAskedWhereLimitsAreRoomyOrTooTightForAnybody() throws Exception {
    bench.policy(PacingPolicy.STANDARD);
    assertThat(accepts(BOB, SOON)).as("room for a stranger").isTrue();
    queueTexts(3, 1);
    assertThat(accepts(CAROL, SOON)).as("and for four").isTrue();
    spendNewRecipients();
    bench.policy(
        new PacingPolicy(
            Gap.NONE,
            new Budgets(0, 5, 0),
            NewRecipients.STANDARD,
            PacingPolicy.NONE.quietHours(),
            PacingPolicy.NONE.typing()));
    assertThat(refusal(Samples.OWN, Duration.ofSeconds(30)).reason())
        .isEqualTo(Reason.PACING_BUDGET_EXHAUSTED);
    assertThat(bench.familiarityQuestions()).isZero();
  }

  @Test
  void itsRecipientIsAskedAboutWhereAStrangerWouldBeTooLate() throws Exception {
    bench.policy(PacingPolicy.STANDARD);
    spendNewRecipients();
    bench.familiar(BOB, Familiarity.KNOWN);
    assertThat(accepts(BOB, SOON)).isTrue();
    GatewayException refused = refusal(CAROL, SOON);
    assertThat(refused.reason()).isEqualTo(Reason.PACING_BUDGET_EXHAUSTED);
    assertThat(refused.details()).containsEntry("limit", "NEW_RECIPIENTS");
    bench.storageAway(true);
    assertThat(accepts(CAROL, SOON)).as("nobody can tell").isTrue();
  }

  @Test
  void aLockRefusesStrangersOnlyWhetherOrNotItsEndIsKnown() throws Exception {
    bench.familiar(BOB, Familiarity.KNOWN);
    for (Duration end : List.of(Duration.ofHours(1), Duration.ZERO)) {
      Instant until = end.isZero() ? null : clock.instant().plus(end);
      bench.lock(new ReachoutLock(clock.instant(), until));
      assertThat(accepts(BOB, SOON)).isTrue();
      assertThat(refusal(CAROL, SOON).reason()).isEqualTo(Reason.REACHOUT_TIMELOCK);
    }
  }

  private void spendNewRecipients() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      Peer stranger = Samples.peer("155520000" + (10 + i));
      MessageId id = new MessageId("sent " + i);
      bench.accept(id.value(), stranger);
      awaitKnown(id.value());
      bench.journal.append(
          new JournalEntry.Attempted(ACCOUNT, id, 1, true, clock.instant(), List.of()));
      bench.journal.append(new JournalEntry.Sent(ACCOUNT, id, stranger, clock.instant()));
    }
    clock.advance(Duration.ofMinutes(1));
  }

  private void queueTexts(int people, int each) throws InterruptedException {
    for (int i = 0; i < people * each; i++) {
      bench.accept("text " + ++accepted, queued(i % people));
    }
    awaitKnown("text " + accepted);
  }

  private void queue(String id, Peer to, SendOptions options) throws InterruptedException {
    bench.accept(id, to, options);
    awaitKnown(id);
  }

  private void awaitKnown(String id) throws InterruptedException {
    Eventually.until("it is known", () -> bench.found(id).isPresent());
  }

  private void everybodyQueuedIs(Familiarity familiarity) {
    for (int i = 0; i < accepted; i++) {
      bench.familiar(queued(i), familiarity);
    }
  }

  private static Peer queued(int number) {
    return Samples.peer("1555100" + (1_000 + number));
  }

  private static PacingPolicy gap(Duration gap) {
    PacingPolicy none = PacingPolicy.NONE;
    return new PacingPolicy(
        new Gap(gap, gap, Duration.ZERO),
        none.budgets(),
        none.newRecipients(),
        none.quietHours(),
        none.typing());
  }

  private SendPlan plan(Peer to) {
    return bench.sending.outbox().plan(INSTANCE, order(to, null));
  }

  private GatewayException refusal(Peer to, Duration expiry) {
    return catchThrowableOfType(GatewayException.class, () -> accepts(to, expiry));
  }

  private boolean accepts(Peer to, Duration expiry) throws InterruptedException {
    Order order = order(to, clock.instant().plus(expiry));
    return bench.sending.outbox().accept(INSTANCE, order).chat().equals(to);
  }

  private static Order order(Peer to, @Nullable Instant expiresAt) {
    return new Order(
        to,
        MessageContent.Text.outbound("hello"),
        new SendOptions(Priority.NORMAL, null, expiresAt, false, null),
        null);
  }
}
