package dev.switchboard.outbox.control;

import static dev.switchboard.testing.Samples.ACCOUNT;
import static dev.switchboard.testing.Samples.BOB;
import static dev.switchboard.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.Priority;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.testing.ScriptedConnector;
import dev.switchboard.testing.SendingBench;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that failed get another chance. */
@Timeout(60)
class RequeueTest {
  private static final MessageId ID = new MessageId("1");
  private static final SendOutcome SENT = new SendOutcome.Sent(NOW, BOB);
  private static final SendOutcome REFUSED =
      new SendOutcome.Refused(new Failure(FailureCause.RECIPIENT_REFUSED, "479"));

  private final ScriptedConnector connector = new ScriptedConnector();
  private final SendingBench bench = new SendingBench(new ManualClock());

  @BeforeEach
  void connect() {
    bench.sending.senders().connected(ACCOUNT, connector);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aMessageGetsAsManyChancesAsItIsGiven() throws Exception {
    fail(SendOptions.DEFAULT);
    for (int chance = 0; chance < 3; chance++) {
      connector.answer(REFUSED);
      requeue();
      await(MessageStatus.FAILED);
    }
    connector.answer(SENT);
    requeue();
    await(MessageStatus.SENT);
  }

  @Test
  void whoComesAfterItWasSentSendsItNoMore() throws Exception {
    fail(SendOptions.DEFAULT);
    CountDownLatch asked = new CountDownLatch(1);
    try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
      var late =
          bench
              .queue()
              .changeAlone(() -> {
                var waiting =
                    other.submit(() -> {
                      asked.countDown();
                      requeue();
                      return true;
                    });
                asked.await();
                Thread.sleep(50); // It waits for its turn, having looked at whatever it looks at.
                connector.answer(SENT);
                requeue();
                await(MessageStatus.SENT);
                return waiting;
              });
      assertThatThrownBy(late::get)
          .cause()
          .isInstanceOfSatisfying(
              GatewayException.class,
              refused -> assertThat(refused.reason()).isEqualTo(Reason.MESSAGE_NOT_FAILED));
    }
    assertThat(connector.unseenMessages()).isEqualTo(2);
  }

  @Test
  void itStaysInItsBulk() throws Exception {
    fail(new SendOptions(Priority.HIGH, null, null, false, "bulk"));
    connector.answer(SENT);
    requeue();
    await(MessageStatus.SENT);
    assertThat(bench.messages.countBulk(ACCOUNT, "bulk")).isEqualTo(Map.of(MessageStatus.SENT, 1));
  }

  private void fail(SendOptions options) throws InterruptedException {
    connector.answer(REFUSED);
    bench.accept(ID.value(), BOB, options);
    await(MessageStatus.FAILED);
  }

  private void requeue() throws InterruptedException {
    assertThat(bench.sending.control().requeue(ACCOUNT, ID).status())
        .isEqualTo(MessageStatus.ACCEPTED);
  }

  private void await(MessageStatus status) throws InterruptedException {
    Eventually.until(
        status.name(),
        () -> bench.found(ID.value()).filter(it -> it.status() == status).isPresent());
  }
}
