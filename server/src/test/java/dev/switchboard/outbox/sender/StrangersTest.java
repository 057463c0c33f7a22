package dev.switchboard.outbox.sender;

import static dev.switchboard.testing.Samples.ACCOUNT;
import static dev.switchboard.testing.Samples.BOB;
import static dev.switchboard.testing.Samples.CAROL;
import static dev.switchboard.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.Peer;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.pacing.Budgets;
import dev.switchboard.model.pacing.Gap;
import dev.switchboard.model.pacing.NewRecipients;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.outbox.queue.QueueView;
import dev.switchboard.pacing.Familiarity;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.testing.ScriptedConnector;
import dev.switchboard.testing.SendingBench;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is a stranger may change, or not be known, while messages to them wait. */
@Timeout(60)
class StrangersTest {
  private static final ReachoutLock FOR_EVER = new ReachoutLock(NOW, null);
  private static final PacingPolicy ONE_STRANGER_A_DAY =
      new PacingPolicy(
          Gap.NONE,
          Budgets.UNLIMITED,
          new NewRecipients(List.of(new NewRecipients.Step(0, 1))),
          PacingPolicy.NONE.quietHours(),
          PacingPolicy.NONE.typing());

  private final ManualClock clock = new ManualClock();
  private final ScriptedConnector connector = new ScriptedConnector();
  private final SendingBench bench = new SendingBench(clock);

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void whoWritesIsNoStrangerAnyMore() throws Exception {
    bench.lock(FOR_EVER);
    bench.accept("to bob", BOB);
    bench.accept("to carol", CAROL);
    connect();
    awaitHeld(2);
    answerSent(BOB);
    bench.sending.departures().heard(ACCOUNT, BOB);
    awaitSent("to bob");
    awaitHeld(1);
  }

  @Test
  void whoWritesWhileTheyAreAskedForIsNoStrangerEither() throws Exception {
    bench.lock(FOR_EVER);
    bench.accept("1", BOB);
    bench.onceFamiliarityIsAsked(() -> bench.sending.departures().heard(ACCOUNT, BOB));
    answerSent(BOB);
    connect();
    awaitSent("1");
  }

  @Test
  void whomStorageCannotTellOfIsAskedForAgain() throws Exception {
    bench.familiar(BOB, Familiarity.KNOWN);
    bench.storageAway(true);
    bench.lock(FOR_EVER);
    bench.accept("1", BOB);
    connect();
    awaitHeld(1);
    bench.storageAway(false);
    answerSent(BOB);
    clock.advance(Duration.ofSeconds(15));
    bench.sending.senders().lookAgain(ACCOUNT);
    awaitSent("1");
  }

  @Test
  void whomStorageCannotTellOfIsCountedAsNew() throws Exception {
    bench.policy(ONE_STRANGER_A_DAY);
    bench.storageAway(true);
    answerSent(BOB);
    bench.accept("1", BOB);
    connect();
    awaitSent("1");
    bench.storageAway(false);
    clock.advance(Duration.ofMinutes(1));
    bench.accept("2", CAROL);
    awaitHeld(1);
    assertThat(connector.unseenMessages()).isEqualTo(1);
  }

  @Test
  void whoWasWrittenToIsNoStrangerThoughStorageDoesNotKnowYet() throws Exception {
    bench.policy(ONE_STRANGER_A_DAY);
    connect();
    for (int i = 0; i < 3; i++) {
      answerSent(BOB);
      bench.accept("text " + i, BOB);
      awaitSent("text " + i);
    }
  }

  private void connect() {
    bench.sending.senders().connected(ACCOUNT, connector);
  }

  private void answerSent(Peer to) {
    connector.answer(message -> {
      bench.sending.departures().attempted(ACCOUNT, message.id(), List.of());
      return new SendOutcome.Sent(NOW, to);
    });
  }

  private void awaitHeld(int chats) throws InterruptedException {
    Eventually.until(
        "so many chats are held: " + chats,
        () -> QueueView.count(bench.queue()).heldChats() == chats);
  }

  private void awaitSent(String id) throws InterruptedException {
    Eventually.until(
        id + " is sent",
        () -> bench.found(id).filter(it -> it.status() == MessageStatus.SENT).isPresent());
  }
}
