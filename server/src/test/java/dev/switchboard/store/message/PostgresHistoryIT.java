package dev.switchboard.store.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.switchboard.history.MessageQuery;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.Priority;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.store.Accounts;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.OutboundMessages;
import dev.switchboard.store.database.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DatabaseExtension.class)
class PostgresHistoryIT {
  private PostgresHistory history;
  private PostgresInboxStore inbox;
  private OutboundMessages outbox;
  private AccountKey account;
  private Peer friend;

  @BeforeEach
  void store(Database database) {
    history = new PostgresHistory(database.transactions(), database.encryption());
    inbox = new PostgresInboxStore(database.transactions(), database.encryption());
    outbox = new OutboundMessages(database);
    account = Accounts.stored(database);
    friend = Peer.of(Accounts.phoneNumber());
  }

  @Test
  void listsTheNewestFirstPageByPage() {
    var stored = new ArrayList<Message>();
    for (var i = 0; i < 7; i++) {
      stored.addFirst(received(friend, "message " + i));
    }

    var listed = new ArrayList<Message>();
    @Nullable Long before = null;
    do {
      var page = history.list(new MessageQuery(account, null, null, null, before, 3));
      listed.addAll(page.messages());
      before = page.next();
    } while (before != null);

    assertThat(listed).isEqualTo(stored);
  }

  @Test
  void endsWithFullPage() {
    received(friend, "1");
    received(friend, "2");

    assertThat(history.list(new MessageQuery(account, null, null, null, null, 2)).next()).isNull();
  }

  @Test
  void narrowsDownToChatAndDirection() {
    var in = received(friend, "in");
    var out = accepted(friend, "out");
    received(Peer.of(Accounts.phoneNumber()), "elsewhere");

    assertThat(list(friend, null)).containsExactly(out, in);
    assertThat(list(friend, Direction.INBOUND)).containsExactly(in);
    assertThat(list(Peer.of(Accounts.phoneNumber()), null)).isEmpty();
  }

  @Test
  void showsNothingOfAnotherAccount(Database database) {
    var message = received(friend, "mine");
    var other = Accounts.stored(database);

    assertThat(history.find(other, message.id())).isEmpty();
    assertThat(history.list(new MessageQuery(other, null, null, null, null, 10)).messages())
        .isEmpty();
    assertThat(history.find(account, new MessageId("UNKNOWN"))).isEmpty();
  }

  @Test
  void countsABulkByStatus(Database database) {
    var options = new SendOptions(Priority.NORMAL, null, null, false, "bulk 1");
    var first = outbox.accept(Accounts.outbound(account, friend, "1"), options);
    outbox.accept(Accounts.outbound(account, friend, "2"), options);
    outbox.accept(Accounts.outbound(account, friend, "3"), options);
    accepted(friend, "in no bulk");
    outbox.sent(account, first.id(), friend, Instant.now());

    assertThat(history.countBulk(account, "bulk 1"))
        .containsOnly(entry(MessageStatus.SENT, 1), entry(MessageStatus.ACCEPTED, 2));
    assertThat(history.countBulk(account, "bulk 2")).isEmpty();
    assertThat(history.countBulk(Accounts.stored(database), "bulk 1")).isEmpty();
  }

  private List<Message> list(Peer chat, @Nullable Direction direction) {
    return history.list(new MessageQuery(account, chat, direction, null, null, 10)).messages();
  }

  private Message received(Peer from, String text) {
    var message = Accounts.inbound(account, from, text);
    inbox.receive(message, List.of());
    return message;
  }

  private Message accepted(Peer to, String text) {
    return outbox.accept(Accounts.outbound(account, to, text));
  }
}
