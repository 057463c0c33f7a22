package dev.switchboard.outbox.control;

import static dev.switchboard.testing.Samples.ACCOUNT;
import static dev.switchboard.testing.Samples.BOB;
import static dev.switchboard.testing.Samples.CAROL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.connector.SendOutcome;
import dev.switchboard.journal.JournalEntry.Cancelled;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.outbox.queue.OpenMessage;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.testing.Samples;
import dev.switchboard.testing.ScriptedConnector;
import dev.switchboard.testing.SendingBench;
import dev.switchboard.testing.WatchedJournal;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A queue is cleared with few flushes, and what was not taken back is as it was. */
@Timeout(60)
class ClearingTest {
  private static final int MANY = 3_200;

  private final ManualClock clock = new ManualClock();
  private final ScriptedConnector connector = new ScriptedConnector();
  private final SendingBench bench = new SendingBench(clock);

  /** Before that, nothing that is on its way lands. */
  private final CountDownLatch landing = new CountDownLatch(1);

  @AfterEach
  void close() {
    landing.countDown();
    bench.close();
  }

  @Test
  void takesThousandsBackWithAFewFlushes() throws Exception {
    acceptMany();
    long flushes = flushes();
    assertThat(clear()).isEqualTo(MANY);
    assertThat(flushes() - flushes).isEqualTo(7);
    assertThat(bench.sending.ledger().open()).isZero();
    assertThat(cancelled()).isEqualTo(MANY);
    assertThat(clear()).isZero();
    assertThat(flushes() - flushes).as("nothing is appended for nothing").isEqualTo(7);
  }

  @Test
  void leavesWhatIsOnItsWayAndTakesWhatIsScheduled() throws Exception {
    connector.answer(message -> {
      landing.await();
      return new SendOutcome.Sent(clock.instant(), message.to());
    });
    bench.accept("flies", BOB);
    bench.sending.senders().connected(ACCOUNT, connector);
    assertThat(connector.awaitMessage().id().value()).isEqualTo("flies");
    bench.accept("behind it", BOB);
    bench.accept("later", CAROL, SendOptions.DEFAULT.withNotBefore(clock.instant().plusSeconds(9)));
    assertThat(clear()).isEqualTo(2);
    assertThat(bench.message("behind it").status()).isEqualTo(MessageStatus.CANCELLED);
    assertThat(bench.message("later").status()).isEqualTo(MessageStatus.CANCELLED);
    landing.countDown();
    Eventually.until("it is sent", () -> bench.message("flies").status() == MessageStatus.SENT);
  }

  @Test
  void leavesWhatMayHaveArrived() throws Exception {
    connector.answer(message -> {
      bench.sending.departures().attempted(ACCOUNT, message.id(), List.of());
      return new SendOutcome.Unknown("no ack");
    });
    bench.accept("written", BOB);
    bench.accept("behind it", BOB);
    bench.sending.senders().connected(ACCOUNT, connector);
    assertThat(connector.awaitMessage().id().value()).isEqualTo("written");
    Eventually.until("it is back", () -> bench.onTheirWay() == 0);
    assertThat(clear()).isEqualTo(1);
    assertThat(open("written")).isNotNull();
  }

  @Test
  void givesBackWhatItCouldNotAppend() throws Exception {
    acceptMany();
    bench.journal.refuseAfter(2);
    assertThatThrownBy(this::clear)
        .isInstanceOfSatisfying(
            GatewayException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.JOURNAL_UNAVAILABLE));
    Eventually.until("two groups are gone", () -> bench.sending.ledger().open() == MANY - 1_000);
    assertThat(cancelled()).isEqualTo(1_000);
    bench.journal.refuse(false);
    bench.sending.control().cancel(ACCOUNT, new MessageId("m" + (MANY - 1)));
    assertThat(clear()).isEqualTo(MANY - 1_001);
    assertThat(bench.sending.ledger().open()).isZero();
    assertThat(cancelled()).isEqualTo(MANY);
  }

  @Test
  void givesBackWhatItDidNotAppendWhenItIsInterrupted() throws Exception {
    acceptMany();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> new Clearing(bench.journal, clock).clear(bench.queue()))
        .isInstanceOf(InterruptedException.class);
    assertThat(clear()).isEqualTo(MANY);
  }

  @Test
  void nothingLeavesFromTheFirstMomentOn() throws Exception {
    acceptMany();
    CountDownLatch appending = new CountDownLatch(1);
    WatchedJournal slow =
        new WatchedJournal(
            bench.journal,
            _ -> {
              appending.countDown();
              awaitUninterruptibly(landing);
            });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> clearing =
          threads.submit(() -> new Clearing(slow, clock).clear(bench.queue()));
      appending.await();
      bench.sending.senders().connected(ACCOUNT, connector);
      Thread.sleep(200);
      assertThat(connector.unseenMessages()).isZero();
      landing.countDown();
      assertThat(clearing.get()).isEqualTo(MANY);
    }
  }

  @Test
  void waitsForWhoeverIsAboutToChangeOne() throws Exception {
    bench.accept("claimed", BOB);
    bench.accept("finished", BOB);
    bench.accept("free", CAROL);
    bench.sending.control().catchUp();
    OpenMessage claimed = claim("claimed");
    OpenMessage finished = claim("finished");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> clearing = threads.submit(this::clear);
      Eventually.until("what is free is gone", () -> open("free") == null);
      assertThat(clearing.isDone()).isFalse();
      bench.journal.append(new Cancelled(ACCOUNT, finished.id(), clock.instant()));
      bench.queue().release(claimed);
      assertThat(clearing.get()).isEqualTo(2);
    }
    assertThat(bench.sending.ledger().open()).isZero();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private OpenMessage claim(String id) throws InterruptedException {
    return Objects.requireNonNull(bench.queue().claim(new MessageId(id), _ -> true));
  }

  private int clear() throws InterruptedException {
    return bench.sending.control().clear(ACCOUNT);
  }

  private void acceptMany() throws InterruptedException {
    for (int i = 0; i < MANY; i++) {
      Peer to = Samples.peer("1555200" + (1_000 + i % 500));
      bench.accept("m" + i, to);
    }
    bench.sending.control().catchUp();
  }

  private @Nullable OpenMessage open(String id) {
    return bench.queue().find(new MessageId(id));
  }

  private long cancelled() {
    return bench.journal.entries().stream()
        .filter(positioned -> positioned.entry() instanceof Cancelled)
        .count();
  }

  private long flushes() {
    return bench.journal.status().flushes();
  }
}
