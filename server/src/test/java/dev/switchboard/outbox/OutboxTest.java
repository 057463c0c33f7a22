package dev.switchboard.outbox;

import static dev.switchboard.testing.Samples.ACCOUNT;
import static dev.switchboard.testing.Samples.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.connector.Receipt;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.inbox.Feed;
import dev.switchboard.inbox.Inbox;
import dev.switchboard.inbox.InboxStore;
import dev.switchboard.inbox.Reception;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.testing.InMemoryOutboxStore;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.testing.Samples;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final InMemoryOutboxStore store = new InMemoryOutboxStore();
  private final ManualClock clock = new ManualClock();
  private final Senders senders =
      new Senders(
          store,
          new Inbox(new Nowhere(), new Feed<>(1, 1)),
          new SendPolicy(List.of(), 1, Duration.ofMillis(5)),
          clock);
  private final Outbox outbox =
      new Outbox(store, senders, new MessageIds(clock, new SecureRandom()), clock, 2);

  @Test
  void acceptsForDisconnectedAccount() {
    Message message = accept(disconnected(), "a", "hello");
    assertThat(message.status()).isEqualTo(MessageStatus.ACCEPTED);
    assertThat(message.chat()).isEqualTo(BOB);
    assertThat(message.recordedAt()).isEqualTo(clock.instant());
    assertThat(store.message(message.id())).isEqualTo(message);
  }

  @Test
  void answersRepeatOfRequestWithTheFirstMessage() {
    Message first = accept(disconnected(), "a", "hello");
    assertThat(accept(disconnected(), "a", "hello")).isEqualTo(first);
    assertRefused(Reason.REQUEST_ID_REUSED, disconnected(), "a", "other");
  }

  @Test
  void refusesMessageWhenInstanceIsNotLinked() {
    Instance never = Samples.unlinked(ACCOUNT, InstanceState.NOT_STARTED);
    assertRefused(Reason.INSTANCE_NOT_LINKED, never, "a", "hello");
    Instance out = Samples.linked(ACCOUNT, InstanceState.LOGGED_OUT, false);
    assertRefused(Reason.INSTANCE_NOT_LINKED, out, "a", "hello");
  }

  @Test
  void refusesMessageBeyondTheQueueLimit() {
    accept(disconnected(), "a", "hello");
    accept(disconnected(), "b", "hello");
    assertRefused(Reason.QUEUE_FULL, disconnected(), "c", "hello");
  }

  @Test
  void refusesMessageWhileStorageIsAway() {
    store.outage().begin();
    assertRefused(Reason.STORAGE_UNAVAILABLE, disconnected(), "a", "hello");
  }

  private Message accept(Instance instance, String requestId, String text) {
    return outbox.accept(
        instance,
        BOB,
        MessageContent.Text.outbound(text),
        new OutboxStore.Request(requestId, new byte[] {(byte) text.hashCode()}));
  }

  private void assertRefused(Reason reason, Instance instance, String requestId, String text) {
    assertThatThrownBy(() -> accept(instance, requestId, text))
        .isInstanceOfSatisfying(
            GatewayException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static Instance disconnected() {
    return Samples.linked(ACCOUNT, InstanceState.DISCONNECTED, true);
  }

  private static final class Nowhere implements InboxStore {
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
