package dev.switchboard.outbox;

import static dev.switchboard.testing.Samples.ACCOUNT;
import static dev.switchboard.testing.Samples.BOB;
import static dev.switchboard.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.connector.SendOutcome;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.journal.Positioned;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.Request;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.testing.Samples;
import dev.switchboard.testing.ScriptedConnector;
import dev.switchboard.testing.SendingBench;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutboxTest {
  private static final OutboxLimits LIMITS = new OutboxLimits(2, 10, 100, 1);

  private final ManualClock clock = new ManualClock();
  private SendingBench bench = new SendingBench(clock, SendingBench.POLICY, LIMITS);

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void acceptsForDisconnectedAccount() throws Exception {
    Message message = accept(disconnected(), "a", "hello");
    assertThat(message.status()).isEqualTo(MessageStatus.ACCEPTED);
    assertThat(message.chat()).isEqualTo(BOB);
    assertThat(message.recordedAt()).isEqualTo(clock.instant());
    assertThat(entries()).hasSize(1);
    assertThat(entries().getFirst().entry())
        .isInstanceOfSatisfying(
            Accepted.class, entry -> assertThat(entry.id()).isEqualTo(message.id()));
  }

  @Test
  void answersRepeatOfRequestWithTheFirstMessage() throws Exception {
    Message first = accept(disconnected(), "a", "hello");
    assertThat(accept(disconnected(), "a", "hello")).isEqualTo(first);
    assertRefused(Reason.REQUEST_ID_REUSED, disconnected(), "a", "other");
  }

  @Test
  void refusesMessageWhenInstanceIsNotLinked() throws Exception {
    Instance never = Samples.unlinked(ACCOUNT, InstanceState.NOT_STARTED);
    assertRefused(Reason.INSTANCE_NOT_LINKED, never, "a", "hello");
    Instance out = Samples.linked(ACCOUNT, InstanceState.LOGGED_OUT, false);
    assertRefused(Reason.INSTANCE_NOT_LINKED, out, "a", "hello");
  }

  @Test
  void refusesMessageBeyondTheQueueLimit() throws Exception {
    accept(disconnected(), "a", "hello");
    accept(disconnected(), "b", "hello");
    assertRefused(Reason.QUEUE_FULL, disconnected(), "c", "hello");
  }

  @Test
  void hasRoomAgainWhenAMessageIsFinished() throws Exception {
    Message first = accept(disconnected(), "a", "hello");
    bench.sending.control().cancel(ACCOUNT, first.id());
    accept(disconnected(), "b", "hello");
    clock.advance(RequestWindow.LENGTH);
    accept(disconnected(), "c", "hello");
  }

  @Test
  void refusesMessageWhileTheJournalIsAwayAndKeepsNoPlaceForIt() throws Exception {
    bench.journal.refuse(true);
    for (int i = 0; i < 5; i++) {
      assertRefused(Reason.JOURNAL_UNAVAILABLE, disconnected(), "a", "hello");
    }
    bench.journal.refuse(false);
    accept(disconnected(), "a", "hello");
    accept(disconnected(), "b", "hello");
  }

  @Test
  void refusesRequestIdsBeyondTheLimitUntilTheFirstAreOld() throws Exception {
    bench.close();
    bench = new SendingBench(clock, SendingBench.POLICY, new OutboxLimits(100, 100, 2, 1));
    accept(disconnected(), "a", "hello");
    accept(disconnected(), "b", "hello");
    assertRefused(Reason.REQUEST_IDS_EXHAUSTED, disconnected(), "c", "hello");
    clock.advance(RequestWindow.LENGTH);
    accept(disconnected(), "c", "hello");
  }

  @Test
  void answersRepeatWithTheFirstMessageAfterARestart() throws Exception {
    Message first = accept(disconnected(), "a", "hello");
    bench = bench.restart();
    assertThat(accept(disconnected(), "a", "hello")).isEqualTo(first);
    assertRefused(Reason.REQUEST_ID_REUSED, disconnected(), "a", "other");
  }

  @Test
  void acceptsOnceWhatIsAskedManyTimesAtOnce() throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Message> call = () -> accept(disconnected(), "a", "hello");
      List<Message> answers =
          callers.invokeAll(Collections.nCopies(50, call)).stream().map(Future::resultNow).toList();
      assertThat(answers).containsOnly(answers.getFirst());
    }
    assertThat(entries()).hasSize(1);
  }

  @Test
  void answersWithTheMessageAsFarAsTheCallerWaits() throws Exception {
    ScriptedConnector connector = new ScriptedConnector();
    connector.answer(new SendOutcome.Sent(NOW, BOB));
    bench.sending.senders().connected(ACCOUNT, connector);
    Message sent = acceptAndWait(MessageStatus.SENT, Duration.ofSeconds(30));
    assertThat(sent.status()).isEqualTo(MessageStatus.SENT);
    assertThat(sent.sentAt()).isEqualTo(NOW);
  }

  @Test
  void answersWithTheFailureThatTheCallerWaitsFor() throws Exception {
    Failure failure = new Failure(FailureCause.RECIPIENT_NOT_ON_WHATSAPP, "");
    ScriptedConnector connector = new ScriptedConnector();
    connector.answer(new SendOutcome.Refused(failure));
    bench.sending.senders().connected(ACCOUNT, connector);
    Message failed = acceptAndWait(MessageStatus.DELIVERED, Duration.ofSeconds(30));
    assertThat(failed.failure()).isEqualTo(failure);
  }

  @Test
  void answersWithTheMessageAsItIsWhenTheTimeIsOver() throws Exception {
    Message accepted = acceptAndWait(MessageStatus.SENT, Duration.ofMillis(20));
    assertThat(accepted.status()).isEqualTo(MessageStatus.ACCEPTED);
  }

  @Test
  void refusesToHaveMoreCallersWaitThanAllowed() throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting = callers.submit(() -> acceptAndWait(MessageStatus.SENT, Duration.ofSeconds(30)));
      Eventually.until("the first one waits", () -> !entries().isEmpty());
      assertThatThrownBy(() -> acceptAndWait(MessageStatus.SENT, Duration.ofSeconds(30)))
          .isInstanceOfSatisfying(
              GatewayException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.TOO_MANY_SUBSCRIBERS));
      assertThat(entries()).hasSize(1);
      waiting.cancel(true);
    }
  }

  @Test
  void failsWhatExpiresBeforeItWasWrittenAlsoWithoutAConnection() throws Exception {
    Order order = order("hello", null, clock.instant().plusSeconds(60));
    Message accepted = bench.sending.outbox().accept(disconnected(), order);
    Eventually.until("it is known", () -> bench.found(accepted.id().value()).isPresent());
    clock.advance(Duration.ofSeconds(60));
    bench.sending.expiries().lookAgain();
    Eventually.until(
        "it failed", () -> bench.message(accepted.id().value()).status() == MessageStatus.FAILED);
    assertThat(bench.message(accepted.id().value()).failure())
        .extracting(Failure::cause)
        .isEqualTo(FailureCause.EXPIRED);
  }

  @Test
  void failsWhatExpiresInASendersHandsWhenItComesBackUnwritten() throws Exception {
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch expired = new CountDownLatch(1);
    ScriptedConnector connector = new ScriptedConnector();
    connector.answer(_ -> {
      sending.countDown();
      expired.await();
      return new SendOutcome.Retry(Duration.ZERO, "the connection ended");
    });
    Order order = order("hello", null, clock.instant().plusSeconds(60));
    String id = bench.sending.outbox().accept(disconnected(), order).id().value();
    bench.sending.senders().connected(ACCOUNT, connector);
    sending.await();
    clock.advance(Duration.ofSeconds(60));
    bench.sending.expiries().lookAgain();
    Eventually.until(
        "it was looked at while it is away",
        () -> bench.sending.expiries().next().isAfter(clock.instant()));
    bench.sending.senders().disconnected(ACCOUNT);
    expired.countDown();
    Eventually.until("it is back", () -> bench.onTheirWay() == 0);
    assertThat(bench.message(id).status()).isEqualTo(MessageStatus.ACCEPTED);
    clock.advance(Duration.ofSeconds(1));
    bench.sending.expiries().lookAgain();
    Eventually.until("it failed", () -> bench.message(id).status() == MessageStatus.FAILED);
    assertThat(bench.message(id).failure())
        .extracting(Failure::cause)
        .isEqualTo(FailureCause.EXPIRED);
    assertThat(bench.sending.expiries().size()).isZero();
  }

  @Test
  void tellsWhoWaitsThatTheAccountWasUnlinkedMeanwhile() throws Exception {
    Failure removed = new Failure(FailureCause.LOGGED_OUT, "DEVICE_REMOVED");
    bench.sending.departures().unlinked(ACCOUNT, removed);
    Message failed = acceptAndWait(MessageStatus.DELIVERED, Duration.ofSeconds(30));
    assertThat(failed.status()).isEqualTo(MessageStatus.FAILED);
    assertThat(failed.failure()).isEqualTo(removed);
    for (int i = 0; i < 5; i++) {
      assertThat(acceptAndWait(MessageStatus.SENT, Duration.ofSeconds(30)).failure())
          .as("and takes no place in the queue")
          .isEqualTo(removed);
    }
  }

  private Message acceptAndWait(MessageStatus wanted, Duration atMost) throws InterruptedException {
    return bench
        .sending
        .outbox()
        .acceptAndWait(disconnected(), order("hello", null, null), wanted, atMost);
  }

  private Message accept(Instance instance, String requestId, String text)
      throws InterruptedException {
    return bench.sending.outbox().accept(instance, order(text, requestId, null));
  }

  private static Order order(String text, @Nullable String requestId, @Nullable Instant expiresAt) {
    SendOptions defaults = SendOptions.DEFAULT;
    return new Order(
        BOB,
        MessageContent.Text.outbound(text),
        new SendOptions(defaults.priority(), null, expiresAt, false, null),
        requestId == null ? null : new Request(requestId, new byte[] {(byte) text.hashCode()}));
  }

  private List<Positioned> entries() {
    return bench.journal.entries();
  }

  private void assertRefused(Reason reason, Instance instance, String requestId, String text) {
    assertThatThrownBy(() -> accept(instance, requestId, text))
        .isInstanceOfSatisfying(
            GatewayException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static Instance disconnected() {
    return Samples.linked(ACCOUNT, InstanceState.DISCONNECTED, true);
  }
}
