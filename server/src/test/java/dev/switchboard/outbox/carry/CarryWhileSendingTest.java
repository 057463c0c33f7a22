package dev.switchboard.outbox.carry;

import static dev.switchboard.testing.Samples.ACCOUNT;
import static dev.switchboard.testing.Samples.BOB;
import static dev.switchboard.testing.Samples.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.journal.JournalEntry.AccountCarried;
import dev.switchboard.journal.JournalEntry.Paused;
import dev.switchboard.journal.JournalEntry.Resumed;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.Samples;
import dev.switchboard.testing.ScriptedConnector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Old files go, and accounts send on meanwhile, whatever one of their messages waits for. */
@Timeout(60)
class CarryWhileSendingTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScriptedConnector connector = new ScriptedConnector();

  /** Before that, a message that is stuck has no acknowledgement. */
  private final CountDownLatch acknowledged = new CountDownLatch(1);

  /** How often something was said again of the account. */
  private final AtomicInteger said = new AtomicInteger();

  private SendingOnFiles bench;

  @BeforeEach
  void open() throws InterruptedException {
    open("patient", LONG);
  }

  private void open(String name, Duration patience) throws InterruptedException {
    bench = new SendingOnFiles(folder.resolve(name), patience);
    bench.before = entry -> said.addAndGet(entry instanceof AccountCarried ? 1 : 0);
  }

  @AfterEach
  void close() throws InterruptedException {
    acknowledged.countDown();
    bench.close();
    threads.close();
  }

  @Test
  void aMessageThatFliesIsNotWaitedForWhenItIsNew() throws Exception {
    connector.answer(this::sent);
    send(bench.accept(BOB, "first"));
    bench.minutesLater(2);
    connector.answer(this::stuck);
    send(bench.accept(CAROL, "stuck"));
    awaitAttempts(2);

    carrying().get(10, TimeUnit.SECONDS);

    assertThat(bench.files()).isEqualTo(1);
    acknowledged.countDown();
    Eventually.until("it is sent", () -> bench.sending().ledger().open() == 0);
    bench.restart();
    assertThat(bench.sending().ledger().open()).isZero();
    assertThat(attempts()).isEqualTo(2);
  }

  @Test
  void theOthersOfItsAccountGoOnWhileAnOldMessageFlies() throws Exception {
    connector.answer(this::stuck).answer(this::sent);
    send(bench.accept(CAROL, "stuck"));
    awaitAttempts(1);
    bench.minutesLater(2);

    Future<?> carrying = carrying();
    Eventually.until("the account is said again", () -> said.get() == 1);
    MessageId other = bench.accept(BOB, "other");
    assertThat(connector.awaitMessage().id()).isEqualTo(other);
    Eventually.until("it is sent", () -> bench.queue().find(other) == null);
    assertThat(carrying.isDone()).as("it waits for the first one").isFalse();
    assertThat(bench.files()).isEqualTo(3);

    acknowledged.countDown();
    carrying.get();
    assertThat(bench.files()).as("in the same pass").isEqualTo(1);
    bench.restart();
    assertThat(bench.sending().ledger().open()).isZero();
    assertThat(attempts()).isEqualTo(2);
  }

  @Test
  void anOldMessageThatComesBackIsSaidAgainInTheSamePass() throws Exception {
    connector.answer(message -> {
      SendOutcome _ = stuck(message);
      return new SendOutcome.Unknown("no ack");
    });
    MessageId returned = bench.accept(CAROL, "returned");
    send(returned);
    awaitAttempts(1);
    bench.minutesLater(2);
    Future<?> carrying = carrying();
    Eventually.until("the account is said again", () -> said.get() == 1);
    acknowledged.countDown();
    carrying.get();
    assertThat(bench.files()).isEqualTo(1);
    bench.restart();
    assertThat(bench.message(returned).attempts()).isEqualTo(1);
    assertThat(bench.message(returned).doubtful()).isTrue();
    assertThat(attempts()).isEqualTo(1);
  }

  @Test
  void aMessageThatFliesForLongKeepsNoFileBeforeItsOwn() throws Exception {
    bench.close();
    open("impatient", Duration.ZERO);
    MessageId waiting = bench.accept(BOB, "waits", bench.clock.instant().plus(DAY));
    bench.minutesLater(2);
    connector.answer(this::stuck);
    MessageId stuck = bench.accept(CAROL, "stuck");
    send(stuck);
    awaitAttempts(1);
    bench.minutesLater(2);
    assertThat(bench.files()).isEqualTo(5);

    bench.sending().carrier().carry();

    assertThat(bench.files()).isEqualTo(3);
    assertThat(bench.journal().read(bench.message(stuck).position())).isPresent();
    assertThat(bench.message(waiting).position()).isGreaterThan(bench.message(stuck).position());
    acknowledged.countDown();
    Eventually.until("it is sent", () -> bench.queue().find(stuck) == null);
    bench.sending().carrier().carry();
    assertThat(bench.files()).isEqualTo(1);
  }

  /** A pass that could not finish is followed by another soon, as often as need be. */
  @Test
  void anAccountIsSaidAgainOnlyWhenWhatWasSaidIsOld() throws Exception {
    bench.close();
    open("impatient", Duration.ZERO);
    connector.answer(this::stuck);
    send(bench.accept(CAROL, "stuck"));
    awaitAttempts(1);
    bench.minutesLater(2);
    for (int pass = 0; pass < 5; pass++) {
      bench.sending().carrier().carry();
    }
    assertThat(said).hasValue(1);
    assertThat(bench.files()).as("the message keeps them").isEqualTo(3);
    bench.minutesLater(1);
    bench.sending().carrier().carry();
    assertThat(said).hasValue(2);
  }

  /** One that came in between would be counted by nobody after a restart. */
  @Test
  void noAttemptComesBetweenTheLookAtAnAccountAndTheSaying() throws Exception {
    connector.answer(this::sent);
    send(bench.accept(BOB, "first"));
    awaitAttempts(1);
    connector.answer(_ -> {
      acknowledged.await();
      return new SendOutcome.Unknown("no ack");
    });
    MessageId second = bench.accept(CAROL, "second");
    send(second);
    bench.minutesLater(2);
    CompletableFuture<Future<?>> attempt = new CompletableFuture<>();
    bench.before =
        entry -> {
          if (entry instanceof AccountCarried) {
            attempt.complete(threads.submit(() -> attempted(second)));
            awaitALittle(attempt.join());
          }
        };
    Future<?> carrying = carrying();
    attempt.get().get();
    acknowledged.countDown();
    carrying.get();
    assertThat(bench.files()).isEqualTo(1);
    bench.restart();
    assertThat(attempts()).isEqualTo(2);
  }

  /** What a caller was told is durable is not taken back, though it was not applied yet. */
  @Test
  void nothingIsSaidOfAnAccountThatTheJournalKnowsBetter() throws Exception {
    connector.answer(this::sent);
    send(bench.accept(BOB, "first"));
    awaitAttempts(1);
    bench.minutesLater(2);
    CountDownLatch goOn = new CountDownLatch(1);
    bench.applied =
        entry -> {
          if (entry instanceof Resumed) {
            awaitUninterruptibly(goOn);
          }
        };
    bench.journal().append(new Resumed(Samples.account("bob"), bench.clock.instant()));
    bench.journal().append(new Paused(ACCOUNT, bench.clock.instant()));
    Future<?> carrying = carrying();
    awaitALittle(carrying);
    goOn.countDown();
    carrying.get();
    assertThat(bench.files()).isEqualTo(1);
    bench.restart();
    assertThat(bench.queue().paused()).isTrue();
  }

  private Future<?> carrying() {
    return threads.submit(() -> {
      bench.sending().carrier().carry();
      return true;
    });
  }

  /** Long enough for what must not happen. */
  private static void awaitALittle(Future<?> work) {
    long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
    while (!work.isDone() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Connects the account; returns when the message was handed to the engine. */
  private void send(MessageId id) throws InterruptedException {
    if (!bench.sending().senders().connected(ACCOUNT)) {
      bench.sending().senders().connected(ACCOUNT, connector);
    }
    assertThat(connector.awaitMessage().id()).isEqualTo(id);
  }

  private boolean attempted(MessageId id) throws InterruptedException {
    bench.sending().departures().attempted(ACCOUNT, id, List.of());
    return true;
  }

  private SendOutcome sent(OutboundMessage message) throws InterruptedException {
    assertThat(attempted(message.id())).isTrue();
    return new SendOutcome.Sent(bench.clock.instant(), message.to());
  }

  private SendOutcome stuck(OutboundMessage message) throws InterruptedException {
    SendOutcome sent = sent(message);
    acknowledged.await();
    return sent;
  }

  private void awaitAttempts(int count) throws InterruptedException {
    Eventually.until("it is written", () -> attempts() == count);
  }

  private int attempts() {
    return bench.queue().pacing(bench.clock.instant()).attemptsWithin(DAY, bench.clock.instant());
  }
}
