package dev.switchboard.whatsapp.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PendingAcksTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String HASH = "2:same";
  private static final Peer BOB = Peer.of(new PhoneNumber("15550002000"));

  private final PendingAcks pending = new PendingAcks(InstantSource.fixed(NOW), SendLimits.DEFAULT);
  private final CompletableFuture<SendOutcome> result = new CompletableFuture<>();

  @Test
  void anAckIsTheOutcome() {
    add("A1", result);

    acknowledged(Node.of("ack", Map.of("id", "A1", "class", "message", "t", "1767225660")));

    assertThat(result)
        .isCompletedWithValue(new SendOutcome.Sent(Instant.ofEpochSecond(1767225660), BOB));
    assertThat(pending.deadline()).isEqualTo(Instant.MAX);
  }

  @ParameterizedTest
  @CsvSource({
    "463, REACHOUT_TIMELOCK",
    "479, RECIPIENT_REFUSED",
    "400, REFUSED_BY_NETWORK",
    "odd, REFUSED_BY_NETWORK"
  })
  void anAckWithAnErrorRefuses(String error, FailureCause cause) {
    add("A1", result);

    acknowledged(Node.of("ack", Map.of("id", "A1", "error", error)));

    assertThat(result.join())
        .isInstanceOfSatisfying(
            SendOutcome.Refused.class,
            refused -> assertThat(refused.failure().cause()).isEqualTo(cause));
  }

  @Test
  void theOutcomeIsUnknownAfterTheDeadlineOnly() {
    add("A1", result);
    Instant deadline = NOW.plus(SendLimits.DEFAULT.ackTimeout());

    pending.tick(deadline.minusMillis(1));
    assertThat(result).isNotDone();
    pending.tick(deadline);

    assertThat(result.join()).isInstanceOf(SendOutcome.Unknown.class);
  }

  @Test
  void severalChatsWaitAtOnce() {
    CompletableFuture<SendOutcome> other = new CompletableFuture<>();
    add("A1", result);
    add("A2", other);

    acknowledged(Node.of("ack", Map.of("id", "A2")));

    assertThat(other).isCompleted();
    assertThat(result).isNotDone();
  }

  @Test
  void theEndOfTheConnectionLeavesNoneOpen() {
    add("A1", result);

    pending.close();

    assertThat(result.join()).isInstanceOf(SendOutcome.Unknown.class);
  }

  @Test
  void anAckWithAnotherHashLeavesTheOutcomeOpenUntilTheSecondAck() {
    add("A1", result);

    Missed missed =
        acknowledged(Node.of("ack", Map.of("id", "A1", "t", "1767225660", "phash", "2:other")))
            .orElseThrow();
    assertThat(result).isNotDone();
    pending.add(missed);
    assertThat(acknowledged(Node.of("ack", Map.of("id", "A1", "phash", "2:third")))).isEmpty();

    assertThat(result)
        .isCompletedWithValue(new SendOutcome.Sent(Instant.ofEpochSecond(1767225660), BOB));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HASH})
  void anAckWithoutAHashOrWithTheSameIsTheOutcome(String hash) {
    add("A1", result);

    assertThat(acknowledged(Node.of("ack", Map.of("id", "A1", "phash", hash)))).isEmpty();

    assertThat(result).isCompleted();
  }

  @Test
  void whatTheServerTookStaysTakenWhateverBecomesOfTheSecondStanza() {
    add("A1", result);
    pending.add(acknowledged(Node.of("ack", Map.of("id", "A1", "phash", "2:other"))).orElseThrow());

    acknowledged(Node.of("ack", Map.of("id", "A1", "error", "479")));

    assertThat(result).isCompletedWithValue(new SendOutcome.Sent(NOW, BOB));
  }

  @Test
  void whatTheServerTookIsNotSaidToHaveStayedWhenTheConnectionEnds() {
    add("A1", result);
    pending.add(acknowledged(Node.of("ack", Map.of("id", "A1", "phash", "2:other"))).orElseThrow());

    pending.close();

    assertThat(result.join()).isInstanceOf(SendOutcome.Unknown.class);
  }

  @Test
  void passesOverAnAckNobodyWaitsFor() {
    acknowledged(Node.of("ack", Map.of("id", "A9", "class", "receipt")));
    acknowledged(Node.of("ack"));

    assertThat(pending.deadline()).isEqualTo(Instant.MAX);
  }

  private void add(String id, CompletableFuture<SendOutcome> outcome) {
    OutboundMessage message =
        new OutboundMessage(new MessageId(id), BOB, MessageContent.Text.outbound("text"), NOW, 1);
    Jid chat = Jid.ofPhoneNumber("15550002000");
    pending.add(id, BOB, new Written(message, chat, List.of(chat), HASH), outcome);
  }

  private Optional<Missed> acknowledged(Node ack) {
    try {
      return pending.acknowledged(ack, (code, written) -> AckErrors.withoutAsking(code));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
