package dev.switchboard.outbox.sender;

import static dev.switchboard.testing.Samples.ACCOUNT;
import static dev.switchboard.testing.Samples.BOB;
import static dev.switchboard.testing.Samples.CAROL;
import static dev.switchboard.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.Receipt;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.Priority;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.outbox.queue.AccountQueue;
import dev.switchboard.outbox.queue.QueueView;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.testing.Samples;
import dev.switchboard.testing.ScriptedConnector;
import dev.switchboard.testing.SendingBench;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SenderTest {
  private static final SendOutcome RETRY = new SendOutcome.Retry(Duration.ZERO, "later");
  private static final SendOutcome UNKNOWN = new SendOutcome.Unknown("no ack");

  private final ManualClock clock = new ManualClock();
  private final ScriptedConnector connector = new ScriptedConnector();
  private SendingBench bench = new SendingBench(clock);
  private Senders senders = bench.sending.senders();

  @AfterEach
  void noSenderIsLeft() throws Exception {
    senders.drain(Duration.ofMillis(200));
    Eventually.until("every sender has ended", () -> senders.running() == 0);
    bench.close();
  }

  @Test
  void sendsInOrderOfAcceptance() throws Exception {
    accept("1", BOB);
    accept("2", CAROL);
    accept("3", BOB);
    connector.answer(sent()).answer(sent()).answer(sent());
    senders.connected(ACCOUNT, connector);
    assertThat(nextId()).isEqualTo("1");
    assertThat(nextId()).isEqualTo("2");
    assertThat(nextId()).isEqualTo("3");
    awaitStatus("3", MessageStatus.SENT);
  }

  @Test
  void wakesForWhatIsAcceptedLater() throws Exception {
    senders.connected(ACCOUNT, connector);
    for (int i = 0; i < 200; i++) {
      connector.answer(sent());
      accept("m" + i, BOB);
      assertThat(nextId()).isEqualTo("m" + i);
    }
  }

  @Test
  void setsFailingChatAsideWhileOthersGoOn() throws Exception {
    accept("b1", BOB);
    accept("b2", BOB);
    accept("c1", CAROL);
    connector.answer(RETRY).answer(sent());
    senders.connected(ACCOUNT, connector);
    assertThat(nextId()).isEqualTo("b1");
    assertThat(nextId()).isEqualTo("c1");
    awaitStatus("c1", MessageStatus.SENT);
    assertThat(status("b2")).isEqualTo(MessageStatus.ACCEPTED);
    connector.answer(sent()).answer(sent());
    pass(Duration.ofSeconds(5));
    assertThat(nextId()).isEqualTo("b1");
    assertThat(nextId()).isEqualTo("b2");
  }

  @Test
  void failsWithRetriesExhaustedAfterTheLastDelay() throws Exception {
    accept("1", BOB);
    for (int seconds : List.of(5, 15, 30)) {
      connector.answer(RETRY);
      connectOrPass(seconds);
    }
    connector.answer(RETRY);
    pass(Duration.ofSeconds(30));
    assertThat(nextId()).isEqualTo("1");
    awaitFailure("1", FailureCause.RETRIES_EXHAUSTED);
  }

  @Test
  void anUrgentMessageDoesNotPayForTheFailuresOfAnother() throws Exception {
    accept("1", BOB);
    for (int seconds : List.of(5, 15, 30)) {
      connector.answer(RETRY);
      connectOrPass(seconds);
    }
    bench.accept("urgent", BOB, new SendOptions(Priority.HIGH, null, null, false, null));
    Eventually.until("it waits", () -> bench.queue().find(new MessageId("urgent")) != null);
    connector.answer(RETRY).answer(sent()).answer(RETRY);
    pass(Duration.ofSeconds(30));
    assertThat(nextId()).isEqualTo("urgent");
    pass(Duration.ofSeconds(5));
    assertThat(nextId()).isEqualTo("urgent");
    awaitStatus("urgent", MessageStatus.SENT);
    assertThat(nextId()).isEqualTo("1");
    awaitFailure("1", FailureCause.RETRIES_EXHAUSTED);
  }

  /** Connects the first time; then lets not quite enough time pass, and then the rest. */
  private void connectOrPass(int nextDelay) throws InterruptedException {
    if (nextDelay == 5) {
      senders.connected(ACCOUNT, connector);
    } else {
      Duration due = Duration.ofSeconds(nextDelay == 15 ? 5 : 15);
      pass(due.minusMillis(1));
      assertThat(bench.queue().next(clock.millis())).isInstanceOf(AccountQueue.Next.Nothing.class);
      pass(Duration.ofMillis(1));
    }
    assertThat(nextId()).isEqualTo("1");
  }

  @Test
  void waitsAtLeastAsLongAsTheEngineAsks() throws Exception {
    accept("1", BOB);
    accept("2", CAROL);
    connector.answer(new SendOutcome.Retry(Duration.ofMinutes(1), "busy")).answer(sent());
    senders.connected(ACCOUNT, connector);
    assertThat(nextId()).isEqualTo("1");
    assertThat(nextId()).isEqualTo("2");
    awaitStatus("2", MessageStatus.SENT);
    pass(Duration.ofSeconds(59));
    accept("3", CAROL);
    connector.answer(sent());
    assertThat(nextId()).isEqualTo("3");
    awaitStatus("3", MessageStatus.SENT);
    connector.answer(sent());
    pass(Duration.ofSeconds(1));
    assertThat(nextId()).isEqualTo("1");
  }

  @Test
  void finishesTheMessageOnItsWayWhenStopped() throws Exception {
    accept("1", BOB);
    accept("2", BOB);
    CountDownLatch acknowledged = new CountDownLatch(1);
    connector.answer(message -> {
      acknowledged.await();
      return sent();
    });
    senders.connected(ACCOUNT, connector);
    assertThat(nextId()).isEqualTo("1");
    senders.disconnected(ACCOUNT);
    acknowledged.countDown();
    awaitStatus("1", MessageStatus.SENT);
    Eventually.until("the sender has ended", () -> senders.running() == 0);
    assertThat(status("2")).isEqualTo(MessageStatus.ACCEPTED);
  }

  @Test
  void countsNoFailureForLossOfConnection() throws Exception {
    accept("1", BOB);
    for (int i = 0; i < 5; i++) {
      CountDownLatch lost = new CountDownLatch(1);
      connector.answer(message -> {
        lost.await();
        return RETRY;
      });
      senders.connected(ACCOUNT, connector);
      assertThat(nextId()).isEqualTo("1");
      senders.disconnected(ACCOUNT);
      lost.countDown();
    }
    connector.answer(sent());
    senders.connected(ACCOUNT, connector);
    awaitStatus("1", MessageStatus.SENT);
  }

  @Test
  void neverHasTwoSendersOfOneAccountAtWork() throws Exception {
    accept("1", BOB);
    CountDownLatch settled = new CountDownLatch(1);
    connector.answer(message -> {
      settled.await();
      return sent();
    });
    senders.connected(ACCOUNT, connector);
    assertThat(nextId()).isEqualTo("1");
    senders.disconnected(ACCOUNT);
    senders.connected(ACCOUNT, connector);
    senders.connected(ACCOUNT, connector);
    accept("2", BOB);
    connector.answer(sent());
    settled.countDown();
    assertThat(nextId()).isEqualTo("2");
    awaitStatus("2", MessageStatus.SENT);
    assertThat(connector.mostSending()).isEqualTo(1);
    assertThat(connector.unseenMessages()).isZero();
  }

  @Test
  void sendsNothingThatConnectsAfterTheDrain() throws Exception {
    senders.drain(Duration.ofSeconds(1));
    accept("1", BOB);
    senders.connected(ACCOUNT, connector);
    Eventually.until("the sender has ended", () -> senders.running() == 0);
    assertThat(connector.unseenMessages()).isZero();
  }

  @Test
  void cutsShortAtDrainWhatTakesTooLong() throws Exception {
    accept("1", BOB);
    connector.answer(message -> {
      new CountDownLatch(1).await();
      return sent();
    });
    senders.connected(ACCOUNT, connector);
    assertThat(nextId()).isEqualTo("1");
    senders.drain(Duration.ofMillis(50));
    Eventually.until("the sender has ended", () -> senders.running() == 0);
  }

  @Test
  void goesOnWhenTheWaitEndsBetweenTwoLooksAtTheClock() throws Exception {
    InstantSource hasty =
        () -> {
          clock.advance(Duration.ofMillis(4));
          return clock.instant();
        };
    use(
        new SendingBench(
            hasty,
            new SendPolicy(List.of(Duration.ofMillis(6)), 3, 1, Duration.ofMillis(5)),
            SendingBench.LIMITS));
    accept("1", BOB);
    connector.answer(RETRY).answer(sent());
    connect();
    assertThat(nextId()).isEqualTo("1");
    assertThat(nextId()).isEqualTo("1");
    awaitStatus("1", MessageStatus.SENT);
  }

  @Test
  void resendsUnknownUnderTheSameIdAsOftenAsAllowed() throws Exception {
    accept("1", BOB);
    writtenAndUnknown("1");
    connect();
    assertThat(connector.awaitMessage().attempt()).isEqualTo(1);
    for (int attempt = 2; attempt <= 3; attempt++) {
      writtenAndUnknown("1");
      pass(Duration.ofSeconds(15));
      var again = connector.awaitMessage();
      assertThat(again.id().value()).isEqualTo("1");
      assertThat(again.attempt()).isEqualTo(attempt);
    }
    awaitFailure("1", FailureCause.OUTCOME_UNKNOWN);
  }

  @Test
  void neverWritesMessageThatWasWrittenOftenEnoughBeforeRestart() throws Exception {
    accept("1", BOB);
    for (int i = 0; i < 3; i++) {
      written("1");
    }
    use(bench.restart());
    connect();
    awaitFailure("1", FailureCause.OUTCOME_UNKNOWN);
    assertThat(connector.unseenMessages()).isZero();
  }

  @Test
  void saysOutcomeUnknownWhenRetriesEndAfterSomethingWasWrittenBeforeRestart() throws Exception {
    accept("1", BOB);
    written("1");
    use(bench.restart());
    connector.answer(RETRY).answer(RETRY).answer(RETRY).answer(RETRY);
    connect();
    assertThat(nextId()).isEqualTo("1");
    for (int i = 0; i < 3; i++) {
      pass(Duration.ofSeconds(30));
      assertThat(nextId()).isEqualTo("1");
    }
    awaitFailure("1", FailureCause.OUTCOME_UNKNOWN);
  }

  @Test
  void neverCallsRefusedWhatMayHaveArrivedBefore() throws Exception {
    accept("1", BOB);
    writtenAndUnknown("1");
    connect();
    assertThat(nextId()).isEqualTo("1");
    connector.answer(new SendOutcome.Refused(new Failure(FailureCause.RECIPIENT_REFUSED, "479")));
    pass(Duration.ofSeconds(15));
    assertThat(nextId()).isEqualTo("1");
    awaitFailure("1", FailureCause.OUTCOME_UNKNOWN);
  }

  @Test
  void failsRefusedMessageWithItsCauseAndGoesOn() throws Exception {
    Failure locked = new Failure(FailureCause.REACHOUT_TIMELOCK, "463");
    accept("1", BOB);
    accept("2", BOB);
    connector.answer(new SendOutcome.Refused(locked)).answer(sent());
    connect();
    awaitStatus("1", MessageStatus.FAILED);
    assertThat(bench.message("1").failure()).isEqualTo(locked);
    awaitStatus("2", MessageStatus.SENT);
  }

  @Test
  void waitsWithAnOutcomeUntilTheJournalTakesIt() throws Exception {
    accept("1", BOB);
    CountDownLatch refused = new CountDownLatch(1);
    connector.answer(message -> {
      bench.journal.refuse(true);
      refused.countDown();
      return sent();
    });
    connect();
    assertThat(nextId()).isEqualTo("1");
    refused.await();
    senders.disconnected(ACCOUNT);
    assertThat(status("1")).isEqualTo(MessageStatus.ACCEPTED);
    bench.journal.refuse(false);
    awaitStatus("1", MessageStatus.SENT);
    assertThat(connector.unseenMessages()).isZero();
  }

  @Test
  void survivesDefectOfTheEngineAndEndsThatMessageOnly() throws Exception {
    use(
        new SendingBench(
            clock, new SendPolicy(List.of(), 1, 1, Duration.ofMillis(5)), SendingBench.LIMITS));
    accept("poison", BOB);
    accept("good", CAROL);
    connector
        .answer(message -> {
          throw new IllegalStateException("a defect");
        })
        .answer(sent());
    connect();
    awaitStatus("good", MessageStatus.SENT);
    awaitFailure("poison", FailureCause.OUTCOME_UNKNOWN);
  }

  @Test
  void failsWhatWaitsWhenTheAccountIsUnlinked() throws Exception {
    accept("1", BOB);
    accept("2", CAROL);
    CountDownLatch acknowledged = new CountDownLatch(1);
    connector.answer(message -> {
      acknowledged.await();
      return sent();
    });
    connect();
    assertThat(nextId()).isEqualTo("1");
    senders.disconnected(ACCOUNT);
    acknowledged.countDown();
    Failure removed = new Failure(FailureCause.LOGGED_OUT, "DEVICE_REMOVED");
    bench.sending.departures().unlinked(ACCOUNT, removed);
    awaitStatus("1", MessageStatus.SENT);
    awaitFailure("2", FailureCause.LOGGED_OUT);
  }

  @Test
  void takesReceiptForAnAcknowledgementThatGotLost() throws Exception {
    accept("1", BOB);
    accept("2", BOB);
    writtenAndUnknown("1");
    connect();
    assertThat(nextId()).isEqualTo("1");
    Eventually.until("it waits for another try", () -> bench.onTheirWay() == 0);
    connector.answer(sent());
    bench
        .sending
        .departures()
        .receipt(
            ACCOUNT, new Receipt(BOB, List.of(new MessageId("1")), MessageStatus.DELIVERED, NOW));
    Eventually.until(
        "the receipt has come through", () -> QueueView.count(bench.queue()).sending() <= 1);
    clock.advance(Duration.ofMinutes(1));
    senders.lookAgain(ACCOUNT);
    assertThat(nextId()).isEqualTo("2");
    awaitStatus("1", MessageStatus.DELIVERED);
  }

  @Test
  void doesNotWriteAgainWhatAReceiptFinishesOnTheWayToTheEngine() throws Exception {
    accept("1", BOB);
    accept("2", BOB);
    writtenAndUnknown("1");
    connector.answer(message -> {
      arrived("1"); // It waited for us, and came in before the engine's turn to write.
      written("1");
      return sent();
    });
    connector.answer(sent());
    connect();
    assertThat(nextId()).isEqualTo("1");
    pass(Duration.ofSeconds(5));
    assertThat(nextId()).isEqualTo("1");
    assertThat(nextId()).as("at once: nothing failed").isEqualTo("2");
    awaitStatus("2", MessageStatus.SENT);
    assertThat(status("1")).isEqualTo(MessageStatus.DELIVERED);
    assertThat(bench.journal.entries())
        .filteredOn(it -> it.entry() instanceof JournalEntry.Attempted)
        .hasSize(1);
  }

  private void arrived(String id) throws InterruptedException {
    bench
        .sending
        .departures()
        .receipt(
            ACCOUNT, new Receipt(BOB, List.of(new MessageId(id)), MessageStatus.DELIVERED, NOW));
    Eventually.until("it is finished", () -> bench.queue().find(new MessageId(id)) == null);
  }

  @Test
  void sendsToSeveralChatsAtATimeAndOneMessageToEach() throws Exception {
    use(
        new SendingBench(
            clock, new SendPolicy(List.of(), 3, 2, Duration.ofMillis(5)), SendingBench.LIMITS));
    accept("b1", BOB);
    accept("b2", BOB);
    accept("c1", CAROL);
    CountDownLatch acknowledged = new CountDownLatch(1);
    ScriptedConnector.Answer late =
        message -> {
          acknowledged.await();
          return new SendOutcome.Sent(NOW, message.to());
        };
    connector.answer(late).answer(late).answer(late);
    connect();
    assertThat(List.of(nextId(), nextId())).containsExactlyInAnyOrder("b1", "c1");
    assertThat(connector.unseenMessages()).isZero();
    acknowledged.countDown();
    assertThat(nextId()).isEqualTo("b2");
    awaitStatus("b2", MessageStatus.SENT);
    assertThat(connector.mostSending()).isEqualTo(2);
  }

  @Test
  void keepsOneChatsOrderUnderTwoNamesOnceTheyAreKnownToBeOne() throws Exception {
    Peer hidden = Peer.of(new Lid("777"));
    accept("1", BOB);
    accept("2", hidden);
    accept("3", BOB);
    bench.sending.departures().merged(ACCOUNT, List.of(new Peer(BOB.phoneNumber(), hidden.lid())));
    connector.answer(RETRY).answer(sent()).answer(sent()).answer(sent());
    connect();
    assertThat(nextId()).isEqualTo("1");
    pass(Duration.ofSeconds(5));
    assertThat(nextId()).isEqualTo("1");
    assertThat(nextId()).isEqualTo("2");
    assertThat(nextId()).isEqualTo("3");
  }

  @Test
  void sendsTheMoreUrgentFirstAndStarvesNobody() throws Exception {
    accept("low", CAROL, options(Priority.LOW));
    for (int i = 0; i < 20; i++) {
      accept("h" + i, Samples.peer("1555000400" + (10 + i)), options(Priority.HIGH));
    }
    for (int i = 0; i < 21; i++) {
      connector.answer(sent());
    }
    connect();
    for (int i = 0; i < 8; i++) {
      assertThat(nextId()).isEqualTo("h" + i);
    }
    assertThat(nextId()).isEqualTo("low");
    assertThat(nextId()).isEqualTo("h8");
  }

  @Test
  void sendsNothingBeforeItsTime() throws Exception {
    accept("later", BOB, at(NOW.plusSeconds(3_600)));
    accept("now", BOB);
    connector.answer(sent()).answer(sent());
    connect();
    assertThat(nextId()).isEqualTo("now");
    awaitStatus("now", MessageStatus.SENT);
    pass(Duration.ofSeconds(3_599));
    assertThat(bench.queue().next(clock.millis())).isInstanceOf(AccountQueue.Next.Nothing.class);
    pass(Duration.ofSeconds(1));
    assertThat(nextId()).isEqualTo("later");
  }

  private void use(SendingBench other) {
    bench.close();
    bench = other;
    senders = bench.sending.senders();
  }

  private void connect() {
    senders.connected(ACCOUNT, connector);
  }

  private void written(String id) throws InterruptedException {
    bench.sending.departures().attempted(ACCOUNT, new MessageId(id), List.of());
  }

  private void writtenAndUnknown(String id) {
    connector.answer(message -> {
      written(id);
      return UNKNOWN;
    });
  }

  private static SendOutcome sent() {
    return new SendOutcome.Sent(NOW, BOB);
  }

  private static SendOptions options(Priority priority) {
    return new SendOptions(priority, null, null, false, null);
  }

  private static SendOptions at(Instant time) {
    return SendOptions.DEFAULT.withNotBefore(time);
  }

  /** Accepts a message and waits until the queue has it. */
  private void accept(String id, Peer to) throws InterruptedException {
    accept(id, to, SendOptions.DEFAULT);
  }

  private void accept(String id, Peer to, SendOptions options) throws InterruptedException {
    bench.accept(id, to, options);
    Eventually.until(
        "the queue was told of " + id,
        () -> bench.messages.find(ACCOUNT, new MessageId(id)).isPresent());
  }

  private String nextId() throws InterruptedException {
    return connector.awaitMessage().id().value();
  }

  /** Lets time pass, once nothing is on its way, and has the sender look again. */
  private void pass(Duration time) throws InterruptedException {
    Eventually.until("nothing is on its way", () -> bench.onTheirWay() == 0);
    clock.advance(time);
    senders.lookAgain(ACCOUNT);
  }

  private MessageStatus status(String id) {
    return bench.message(id).status();
  }

  private void awaitStatus(String id, MessageStatus status) throws InterruptedException {
    Eventually.until(id + " is " + status, () -> status(id) == status);
  }

  private void awaitFailure(String id, FailureCause cause) throws InterruptedException {
    awaitStatus(id, MessageStatus.FAILED);
    assertThat(bench.message(id).failure()).extracting(Failure::cause).isEqualTo(cause);
  }
}
