package dev.switchboard.outbox.sender;

import static dev.switchboard.testing.Samples.ACCOUNT;
import static dev.switchboard.testing.Samples.BOB;
import static dev.switchboard.testing.Samples.CAROL;
import static dev.switchboard.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.Priority;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.testing.ScriptedConnector;
import dev.switchboard.testing.SendingBench;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The text of message "t" has 6 characters: 1.2 seconds at 300 a minute. */
@Timeout(60)
class TypedTextsTest {
  private static final Duration LENGTH = Duration.ofMillis(1_200);

  private final ManualClock clock = new ManualClock();
  private final ScriptedConnector connector = new ScriptedConnector();
  private final SendingBench bench = new SendingBench(clock);
  private final Senders senders = bench.sending.senders();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void isShownFirstAndHoldsUpNobodyElse() throws Exception {
    accept("t", BOB, typed(null));
    senders.connected(ACCOUNT, connector);
    awaitTyping();
    assertThat(connector.typings()).containsExactly(Map.entry(BOB, LENGTH));
    clock.advance(LENGTH.minusMillis(1));
    connector.answer(sent());
    accept("c", CAROL, SendOptions.DEFAULT);
    assertThat(nextId()).isEqualTo("c");
    awaitSent("c");
    connector.answer(sent());
    pass(Duration.ofMillis(1));
    assertThat(nextId()).isEqualTo("t");
    awaitSent("t");
    assertThat(connector.typings()).hasSize(1);
  }

  @Test
  void isTypedOnceHoweverOftenItIsTried() throws Exception {
    accept("t", BOB, typed(null));
    connector.answer(new SendOutcome.Retry(Duration.ZERO, "later")).answer(sent());
    senders.connected(ACCOUNT, connector);
    awaitTyping();
    pass(LENGTH);
    assertThat(nextId()).isEqualTo("t");
    pass(Duration.ofSeconds(5));
    assertThat(nextId()).isEqualTo("t");
    awaitSent("t");
    assertThat(connector.typings()).hasSize(1);
  }

  @Test
  void isSentThoughTheEngineCannotShowIt() throws Exception {
    connector.failTyping();
    accept("t", BOB, typed(null));
    connector.answer(sent());
    senders.connected(ACCOUNT, connector);
    awaitTyping();
    pass(LENGTH);
    assertThat(nextId()).isEqualTo("t");
    awaitSent("t");
  }

  @Test
  void isNotTypedWhereItWouldExpireMeanwhile() throws Exception {
    accept("t", BOB, typed(clock.instant().plus(LENGTH)));
    connector.answer(sent());
    senders.connected(ACCOUNT, connector);
    assertThat(nextId()).isEqualTo("t");
    awaitSent("t");
    assertThat(connector.typings()).isEmpty();
  }

  private void awaitTyping() throws InterruptedException {
    Eventually.until("it is typed", () -> !connector.typings().isEmpty());
  }

  private static SendOutcome sent() {
    return new SendOutcome.Sent(NOW, BOB);
  }

  private static SendOptions typed(@Nullable Instant expiresAt) {
    return new SendOptions(Priority.NORMAL, null, expiresAt, true, null);
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

  private void pass(Duration time) throws InterruptedException {
    Eventually.until("nothing is on its way", () -> bench.onTheirWay() == 0);
    clock.advance(time);
    senders.lookAgain(ACCOUNT);
  }

  private void awaitSent(String id) throws InterruptedException {
    Eventually.until(id + " is sent", () -> bench.message(id).status() == MessageStatus.SENT);
  }
}
