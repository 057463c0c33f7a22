package dev.switchboard.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.connector.Receipt;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.UndecryptableReason;
import dev.switchboard.testing.Samples;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InboxTest {
  private final Stored store = new Stored();
  private final Inbox inbox = new Inbox(store, new Feed<>(1, 10));
  private final Message message = Samples.text("1", Samples.BOB);

  @Test
  void tellsNewMessageOnceAndItsRepeatNever() throws Exception {
    try (var events = inbox.subscribe(event -> true)) {
      inbox.receive(message, List.of());
      inbox.receive(message, List.of());
      assertThat(events.take(Duration.ZERO)).contains(new MessageEvent.Received(message));
      assertThat(events.take(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void tellsWhatCouldNotBeDecryptedAtOnceAndOnceMoreWhenItIsResolved() throws Exception {
    Message unread =
        message.withContent(new MessageContent.Undecryptable(UndecryptableReason.BAD_MAC, 1));
    try (var events = inbox.subscribe(event -> true)) {
      inbox.receive(unread, List.of());
      inbox.receive(message, List.of());
      inbox.receive(message, List.of());
      assertThat(events.take(Duration.ZERO)).contains(new MessageEvent.Received(unread));
      assertThat(events.take(Duration.ZERO)).contains(new MessageEvent.Resolved(message));
      assertThat(events.take(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void tellsNothingThatIsNotStored() throws Exception {
    store.away = true;
    try (var events = inbox.subscribe(event -> true)) {
      assertThatThrownBy(() -> inbox.receive(message, List.of()))
          .isInstanceOf(GatewayException.class);
      assertThat(events.take(Duration.ZERO)).isEmpty();
    }
  }

  private static final class Stored implements InboxStore {
    private final Map<MessageId, Message> messages = new HashMap<>();
    private boolean away;

    @Override
    public Reception receive(Message message, List<RecordChange> changes) {
      if (away) {
        throw new GatewayException(Reason.STORAGE_UNAVAILABLE, "storage is away");
      }
      Message before = messages.put(message.id(), message);
      if (before == null) {
        return new Reception.Stored(message);
      }
      return before.equals(message) ? new Reception.Known() : new Reception.Resolved(message);
    }

    @Override
    public List<Message> applyReceipt(AccountKey account, Receipt receipt) {
      return messages.values().stream().filter(one -> receipt.ids().contains(one.id())).toList();
    }
  }
}
