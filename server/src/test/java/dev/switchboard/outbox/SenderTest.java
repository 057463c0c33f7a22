package dev.switchboard.outbox;

import static dev.switchboard.testing.Samples.ACCOUNT;
import static dev.switchboard.testing.Samples.BOB;
import static dev.switchboard.testing.Samples.CAROL;
import static dev.switchboard.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.Receipt;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.inbox.Feed;
import dev.switchboard.inbox.Inbox;
import dev.switchboard.inbox.InboxStore;
import dev.switchboard.inbox.MessageEvent;
import dev.switchboard.inbox.Reception;
import dev.switchboard.inbox.Subscription;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.InMemoryOutboxStore;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.testing.Samples;
import dev.switchboard.testing.ScriptedConnector;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SenderTest {
  private static final SendPolicy POLICY =
      new SendPolicy(
          List.of(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30)),
          3,
          Duration.ofMillis(5));
  private static final SendOutcome RETRY = new SendOutcome.Retry(Duration.ZERO, "later");
  private static final SendOutcome UNKNOWN = new SendOutcome.Unknown("no ack");

  private final InMemoryOutboxStore store = new InMemoryOutboxStore();
  private final Feed<MessageEvent> feed = new Feed<>(4, 100);
  private final ManualClock clock = new ManualClock();
  private final Senders senders =
      new Senders(store, new Inbox(new NoArrivals(), feed), POLICY, clock);
  private final ScriptedConnector connector = new ScriptedConnector();

  @AfterEach
  void noSenderIsLeft() throws Exception {
    senders.drain(Duration.ofMillis(200));
    Eventually.until("every sender has ended", () -> senders.running() == 0);
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
      senders.wake(ACCOUNT);
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
  void goesOnWhenTheWaitEndsBetweenTwoLooksAtTheClock() throws Exception {
    InstantSource hasty =
        () -> {
          clock.advance(Duration.ofMillis(4));
          return clock.instant();
        };
    SendPolicy brief = new SendPolicy(List.of(Duration.ofMillis(6)), 3, Duration.ofMillis(5));
    Senders hurried = new Senders(store, new Inbox(new NoArrivals(), feed), brief, hasty);
    accept("1", BOB);
    connector.answer(RETRY).answer(sent());
    hurried.connected(ACCOUNT, connector);
    assertThat(nextId()).isEqualTo("1");
    assertThat(nextId()).isEqualTo("1");
    awaitStatus("1", MessageStatus.SENT);
    hurried.drain(Duration.ofMillis(200));
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

  /** Connects the first time; then lets not quite enough time pass, and then the rest. */
  private void connectOrPass(int nextDelay) throws InterruptedException {
    if (nextDelay == 5) {
      senders.connected(ACCOUNT, connector);
    } else {
      Duration due = Duration.ofSeconds(nextDelay == 15 ? 5 : 15);
      pass(due.minusMillis(1));
      assertThat(connector.unseenMessages()).isZero();
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
    senders.wake(ACCOUNT);
    assertThat(nextId()).isEqualTo("3");
    awaitStatus("3", MessageStatus.SENT);
    connector.answer(sent());
    pass(Duration.ofSeconds(1));
    assertThat(nextId()).isEqualTo("1");
  }

  @Test
  void resendsUnknownUnderTheSameIdAsOftenAsAllowed() throws Exception {
    accept("1", BOB);
    writtenAndUnknown("1").connected();
    assertThat(connector.awaitMessage().attempt()).isEqualTo(1);
    for (int attempt = 2; attempt <= 3; attempt++) {
      writtenAndUnknown("1");
      pass(Duration.ofSeconds(15));
      var again = connector.awaitMessage();
      assertThat(again.id().value()).isEqualTo("1");
      assertThat(again.attempt()).isEqualTo(attempt);
    }
    awaitFailure("1", FailureCause.OUTCOME_UNKNOWN);
    assertThat(store.attempts(new MessageId("1"))).isEqualTo(3);
  }

  @Test
  void neverWritesMessageThatWasWrittenOftenEnoughBeforeRestart() throws Exception {
    accept("1", BOB);
    for (int i = 0; i < 3; i++) {
      store.attempted(ACCOUNT, new MessageId("1"), List.of());
    }
    senders.connected(ACCOUNT, connector);
    awaitFailure("1", FailureCause.OUTCOME_UNKNOWN);
    assertThat(connector.unseenMessages()).isZero();
  }

  @Test
  void saysOutcomeUnknownWhenRetriesEndAfterSomethingWasWritten() throws Exception {
    accept("1", BOB);
    store.attempted(ACCOUNT, new MessageId("1"), List.of());
    connector.answer(RETRY).answer(RETRY).answer(RETRY).answer(RETRY);
    senders.connected(ACCOUNT, connector);
    assertThat(nextId()).isEqualTo("1");
    for (int i = 0; i < 3; i++) {
      pass(Duration.ofSeconds(30));
      assertThat(nextId()).isEqualTo("1");
    }
    awaitFailure("1", FailureCause.OUTCOME_UNKNOWN);
  }

  @Test
  void failsRefusedMessageWithItsCauseAndGoesOn() throws Exception {
    accept("1", BOB);
    accept("2", BOB);
    connector
        .answer(new SendOutcome.Refused(new Failure(FailureCause.REACHOUT_TIMELOCK, "463")))
        .answer(sent());
    try (Subscription<MessageEvent> events = feed.subscribe(event -> true)) {
      senders.connected(ACCOUNT, connector);
      Message failed = events.take(Duration.ofSeconds(5)).orElseThrow().message();
      assertThat(failed.failure()).isEqualTo(new Failure(FailureCause.REACHOUT_TIMELOCK, "463"));
      Message sent = events.take(Duration.ofSeconds(5)).orElseThrow().message();
      assertThat(sent.status()).isEqualTo(MessageStatus.SENT);
    }
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
  void goesOnWhenStorageIsBack() throws Exception {
    store.outage().begin();
    senders.connected(ACCOUNT, connector);
    Eventually.until("it was tried", () -> store.outage().refused() > 3);
    store.outage().end();
    accept("1", BOB);
    connector.answer(sent());
    senders.wake(ACCOUNT);
    awaitStatus("1", MessageStatus.SENT);
  }

  @Test
  void doesNotSendTwiceWhatWasAcknowledgedWhileStorageWasAway() throws Exception {
    accept("1", BOB);
    connector.answer(message -> {
      store.outage().begin();
      return sent();
    });
    senders.connected(ACCOUNT, connector);
    assertThat(nextId()).isEqualTo("1");
    Eventually.until("it was tried", () -> store.outage().refused() > 1);
    senders.disconnected(ACCOUNT);
    store.outage().end();
    awaitStatus("1", MessageStatus.SENT);
    assertThat(connector.unseenMessages()).isZero();
  }

  @Test
  void survivesDefectOfTheEngineAndEndsThatMessageOnly() throws Exception {
    accept("poison", BOB);
    accept("good", CAROL);
    SendPolicy policy = new SendPolicy(List.of(), 1, Duration.ofMillis(5));
    Senders stubborn = new Senders(store, new Inbox(new NoArrivals(), feed), policy, clock);
    connector
        .answer(message -> {
          throw new IllegalStateException("a defect");
        })
        .answer(sent());
    stubborn.connected(ACCOUNT, connector);
    awaitStatus("good", MessageStatus.SENT);
    assertThat(store.message(new MessageId("poison")).failure())
        .extracting(Failure::cause)
        .isEqualTo(FailureCause.OUTCOME_UNKNOWN);
    stubborn.drain(Duration.ofSeconds(5));
  }

  @Test
  void survivesDefectOfTheStore() throws Exception {
    accept("1", BOB);
    store.breakNext(new IllegalStateException("a defect"));
    connector.answer(sent());
    senders.connected(ACCOUNT, connector);
    awaitStatus("1", MessageStatus.SENT);
  }

  @Test
  void failsWhatWaitsWhenTheAccountIsLoggedOut() throws Exception {
    accept("1", BOB);
    accept("2", CAROL);
    CountDownLatch acknowledged = new CountDownLatch(1);
    connector.answer(message -> {
      acknowledged.await();
      return sent();
    });
    senders.connected(ACCOUNT, connector);
    assertThat(nextId()).isEqualTo("1");
    senders.disconnected(ACCOUNT);
    acknowledged.countDown();
    senders.loggedOut(ACCOUNT, new Failure(FailureCause.LOGGED_OUT, "DEVICE_REMOVED"));
    assertThat(status("1")).isEqualTo(MessageStatus.SENT);
    awaitFailure("2", FailureCause.LOGGED_OUT);
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

  private SenderTest writtenAndUnknown(String id) {
    connector.answer(message -> {
      store.attempted(ACCOUNT, new MessageId(id), List.of());
      return UNKNOWN;
    });
    return this;
  }

  private void connected() {
    senders.connected(ACCOUNT, connector);
  }

  private static SendOutcome sent() {
    return new SendOutcome.Sent(NOW, BOB);
  }

  private void accept(String id, Peer to) {
    store.accept(Samples.text(id, to), new OutboxStore.Request(id, new byte[] {1}), 1_000);
  }

  private String nextId() throws InterruptedException {
    return connector.awaitMessage().id().value();
  }

  /** Lets time pass, once the sender has settled into waiting, and has it look again. */
  private void pass(Duration time) throws InterruptedException {
    Eventually.until("the sender found nothing to do", store::lookedInVain);
    clock.advance(time);
    long before = store.looks();
    senders.wake(ACCOUNT);
    Eventually.until("the sender looked again", () -> store.looks() > before);
  }

  private MessageStatus status(String id) {
    return store.message(new MessageId(id)).status();
  }

  private void awaitStatus(String id, MessageStatus status) throws InterruptedException {
    Eventually.until(id + " is " + status, () -> status(id) == status);
  }

  private void awaitFailure(String id, FailureCause cause) throws InterruptedException {
    awaitStatus(id, MessageStatus.FAILED);
    assertThat(store.message(new MessageId(id)).failure())
        .extracting(Failure::cause)
        .isEqualTo(cause);
  }

  /** Nothing arrives in these tests. */
  private static final class NoArrivals implements InboxStore {
    @Override
    public Reception receive(Message message, List<RecordChange> changes) {
      return new Reception.Known();
    }

    @Override
    public List<Message> applyReceipt(AccountKey account, Receipt receipt) {
      return List.of();
    }
  }
}
