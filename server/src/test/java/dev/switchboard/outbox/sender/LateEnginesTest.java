package dev.switchboard.outbox.sender;

import static dev.switchboard.testing.Samples.ACCOUNT;
import static dev.switchboard.testing.Samples.BOB;
import static dev.switchboard.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalEntry.Attempted;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.Priority;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.testing.ScriptedConnector;
import dev.switchboard.testing.SendingBench;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Engines that ask the network for so long that a message expires before it can be written. */
@Timeout(60)
class LateEnginesTest {
  private static final Duration LIFE = Duration.ofSeconds(10);

  private final ManualClock clock = new ManualClock();
  private final ScriptedConnector connector = new ScriptedConnector();
  private final SendingBench bench = new SendingBench(clock);

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void whatExpiresBeforeItIsWrittenIsNotWritten() throws Exception {
    acceptOneThatExpires();
    bench.accept("2", BOB);
    connector.answer(this::writeLate).answer(sent());
    bench.sending.senders().connected(ACCOUNT, connector);

    awaitFailure(FailureCause.EXPIRED);

    assertThat(attempts()).isEmpty();
    assertThat(connector.awaitMessage().id().value()).isEqualTo("1");
    assertThat(connector.awaitMessage().id().value()).as("its chat goes on").isEqualTo("2");
  }

  @Test
  void whatMayHaveArrivedBeforeIsNotCalledExpired() throws Exception {
    acceptOneThatExpires();
    connector
        .answer(_ -> {
          throw new IllegalStateException("a defect");
        })
        .answer(this::writeLate);
    bench.sending.senders().connected(ACCOUNT, connector);
    connector.awaitMessage();
    pass(Duration.ofSeconds(5));

    awaitFailure(FailureCause.OUTCOME_UNKNOWN);

    assertThat(attempts()).isEmpty();
  }

  @Test
  void whatWasWrittenInTimeIsWrittenAgainAfterIt() throws Exception {
    acceptOneThatExpires();
    connector
        .answer(message -> {
          write(message);
          return new SendOutcome.Unknown("no ack");
        })
        .answer(this::writeLate);
    bench.sending.senders().connected(ACCOUNT, connector);
    connector.awaitMessage();
    pass(Duration.ofSeconds(5));

    awaitStatus(MessageStatus.SENT);

    assertThat(attempts()).extracting(Attempted::attempt).containsExactly(1, 2);
  }

  private SendOutcome writeLate(OutboundMessage message) throws InterruptedException {
    clock.advance(LIFE);
    write(message);
    return sent();
  }

  private void write(OutboundMessage message) throws InterruptedException {
    bench.sending.departures().attempted(ACCOUNT, message.id(), List.of());
  }

  private void acceptOneThatExpires() throws InterruptedException {
    var options = new SendOptions(Priority.NORMAL, null, NOW.plus(LIFE), false, null);
    bench.accept("1", BOB, options);
    Eventually.until("the queue was told of it", () -> bench.found("1").isPresent());
  }

  /** Lets time pass, once nothing is on its way, and has the sender look again. */
  private void pass(Duration time) throws InterruptedException {
    Eventually.until("nothing is on its way", () -> bench.onTheirWay() == 0);
    clock.advance(time);
    bench.sending.senders().lookAgain(ACCOUNT);
  }

  private void awaitFailure(FailureCause cause) throws InterruptedException {
    awaitStatus(MessageStatus.FAILED);
    @Nullable Failure failure = bench.message("1").failure();
    assertThat(failure).extracting(Failure::cause).isEqualTo(cause);
  }

  private void awaitStatus(MessageStatus status) throws InterruptedException {
    Eventually.until("it is " + status, () -> bench.message("1").status() == status);
  }

  private List<Attempted> attempts() {
    return bench.journal.entries().stream()
        .map(each -> each.entry())
        .filter(JournalEntry.Attempted.class::isInstance)
        .map(Attempted.class::cast)
        .toList();
  }

  private static SendOutcome sent() {
    return new SendOutcome.Sent(NOW, BOB);
  }
}
