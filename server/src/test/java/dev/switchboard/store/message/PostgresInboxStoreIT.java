package dev.switchboard.store.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.v1.Event;
import dev.switchboard.connector.Receipt;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.history.MessageQuery;
import dev.switchboard.inbox.Reception;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.UndecryptableReason;
import dev.switchboard.projection.PendingRecords;
import dev.switchboard.store.Accounts;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.OutboundMessages;
import dev.switchboard.store.TakenEvents;
import dev.switchboard.store.account.PostgresInstanceStore;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.jooq.Tables;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DatabaseExtension.class)
class PostgresInboxStoreIT {
  private static final Instant LATER = Accounts.NOON.plusSeconds(10);

  private final TakenEvents taken = new TakenEvents();
  private Database database;
  private PostgresInboxStore store;
  private OutboundMessages outbox;
  private PostgresHistory history;
  private AccountKey account;
  private Peer friend;

  @BeforeEach
  void store(Database database) {
    this.database = database;
    store =
        new PostgresInboxStore(
            database.transactions(),
            database.encryption(),
            PendingRecords.none(),
            taken.rows(database));
    outbox = new OutboundMessages(database);
    history = new PostgresHistory(database.transactions(), database.encryption());
    account = Accounts.stored(database);
    friend = new Peer(Accounts.phoneNumber(), Accounts.lid());
  }

  @Test
  void storesArrivalOnceAndItsRecordsEachTime() {
    var message = Accounts.inbound(account, friend, "hello");

    assertThat(store.receive(message, List.of(put(1)))).isEqualTo(new Reception.Stored(message));
    assertThat(store.receive(message, List.of(put(2)))).isEqualTo(new Reception.Known());

    assertThat(history.find(account, message.id())).contains(message);
    assertThat(all()).hasSize(1);
    var records =
        new PostgresInstanceStore(database.transactions(), database.encryption()).records(account);
    assertThat(records.read(put(0).key())).contains(new byte[] {2});
  }

  @Test
  void tellsArrivalOfSomebodyNewAndOfSomebodyKnownOnceEach() {
    var first = Accounts.inbound(account, friend, "hello");
    var second = Accounts.inbound(account, friend, "again");

    assertThat(store.receive(first, List.of(put(1)))).isInstanceOf(Reception.Stored.class);
    assertThat(taken.take())
        .extracting(Event::getPayloadCase)
        .containsExactly(Event.PayloadCase.CONTACT_UPDATED, Event.PayloadCase.MESSAGE_RECEIVED);
    assertThat(store.receive(second, List.of(put(2)))).isEqualTo(new Reception.Stored(second));
    assertThat(taken.take())
        .extracting(event -> event.getMessageReceived().getMessage().getText().getText())
        .containsExactly("again");
    assertThat(store.receive(second, List.of(put(3)))).isEqualTo(new Reception.Known());
    assertThat(store.receive(first, List.of())).isEqualTo(new Reception.Known());
    assertThat(taken.take()).isEmpty();

    assertThat(history.find(account, second.id())).contains(second);
    var records =
        new PostgresInstanceStore(database.transactions(), database.encryption()).records(account);
    assertThat(records.read(put(0).key())).contains(new byte[] {3});
  }

  @Test
  void removesARecordInTheTransactionOfTheArrival() {
    store.receive(Accounts.inbound(account, friend, "hello"), List.of(put(1)));

    store.receive(
        Accounts.inbound(account, friend, "again"), List.of(new RecordChange.Remove(put(0).key())));

    var records =
        new PostgresInstanceStore(database.transactions(), database.encryption()).records(account);
    assertThat(records.read(put(0).key())).isEmpty();
  }

  @Test
  void keepsSameIdOfAnotherChatApart() {
    var message = Accounts.inbound(account, friend, "hello");
    store.receive(message, List.of());

    var elsewhere = withChat(message, Peer.of(Accounts.phoneNumber()));

    assertThat(store.receive(elsewhere, List.of())).isInstanceOf(Reception.Stored.class);
    assertThat(all()).hasSize(2);
  }

  @Test
  void keepsWhatIsNotUnderstoodAsItCame() {
    var raw = new byte[] {0, 1, 2, (byte) 255};
    var text = Accounts.inbound(account, friend, "");
    var message =
        new Message(
            account,
            text.id(),
            friend,
            text.direction(),
            text.status(),
            new MessageContent.Unsupported("pollCreation", raw),
            text.occurredAt(),
            text.recordedAt(),
            null,
            null,
            null,
            null);
    store.receive(message, List.of());

    var found = history.find(account, message.id()).orElseThrow();

    assertThat(found.content())
        .isInstanceOfSatisfying(
            MessageContent.Unsupported.class,
            content -> {
              assertThat(content.kind()).isEqualTo("pollCreation");
              assertThat(content.raw()).isEqualTo(raw);
            });
  }

  @Test
  void putsReadableCopyInPlaceOfOneThatCouldNotBeDecrypted() {
    var readable = Accounts.inbound(account, friend, "at last");
    var first = undecryptable(readable, 1);
    var later = later(readable);

    assertThat(store.receive(first, List.of())).isEqualTo(new Reception.Stored(first));
    assertThat(store.receive(undecryptable(later, 2), List.of())).isEqualTo(new Reception.Known());
    assertThat(history.find(account, readable.id())).contains(undecryptable(readable, 2));
    assertThat(store.receive(later, List.of(put(1)))).isEqualTo(new Reception.Resolved(readable));

    assertThat(all()).containsExactly(readable);
    var records =
        new PostgresInstanceStore(database.transactions(), database.encryption()).records(account);
    assertThat(records.read(put(0).key())).contains(new byte[] {1});
  }

  @Test
  void neverPutsUndecryptableCopyInPlaceOfReadableOne() {
    var readable = Accounts.inbound(account, friend, "fine");
    store.receive(readable, List.of());

    assertThat(store.receive(undecryptable(readable, 1), List.of()))
        .isEqualTo(new Reception.Known());
    assertThat(all()).containsExactly(readable);
  }

  @Test
  void keepsReadableOneOfTwoCopiesWhenTheirChatsBecomeOne() {
    var byNumber = Peer.of(friend.knownPhoneNumber().orElseThrow());
    var byLid = Peer.of(friend.knownLid().orElseThrow());
    var readable = withChat(Accounts.inbound(account, friend, "same"), byLid);
    store.receive(undecryptable(withChat(readable, byNumber), 1), List.of());
    store.receive(readable, List.of());

    store.receive(Accounts.inbound(account, friend, "by both"), List.of());

    assertThat(all()).hasSize(2).extracting(Message::content).contains(readable.content());
  }

  private static Message undecryptable(Message message, int requests) {
    return message.withContent(
        new MessageContent.Undecryptable(UndecryptableReason.BAD_MAC, requests));
  }

  private static Message later(Message message) {
    return new Message(
        message.account(),
        message.id(),
        message.chat(),
        message.direction(),
        message.status(),
        message.content(),
        message.occurredAt(),
        LATER,
        null,
        null,
        null,
        null);
  }

  @Test
  void storesNeitherTextNorNumberInTheClear() {
    store.receive(Accounts.inbound(account, friend, "a private word"), List.of());
    var number = friend.knownPhoneNumber().orElseThrow().digits();

    var rows =
        database
            .transactions()
            .read(dsl ->
                dsl.select(Tables.MESSAGE.CONTENT, Tables.CHAT.PEER, Tables.CHAT_ALIAS.ALIAS_KEY)
                    .from(Tables.MESSAGE)
                    .join(Tables.CHAT)
                    .on(Tables.CHAT.ID.eq(Tables.MESSAGE.CHAT_ID))
                    .join(Tables.CHAT_ALIAS)
                    .on(Tables.CHAT_ALIAS.CHAT_ID.eq(Tables.CHAT.ID))
                    .where(Tables.MESSAGE.INSTANCE_ID.eq(account.instance().value()))
                    .fetch());

    assertThat(rows).hasSize(2);
    for (var row : rows) {
      for (var value : row.intoList()) {
        assertThat(new String((byte[]) value, StandardCharsets.ISO_8859_1))
            .doesNotContain("private")
            .doesNotContain(number);
      }
    }
  }

  @Test
  void movesMessagesForwardAndNeverBack() {
    var id = sent(friend).id();

    var read = store.applyReceipt(account, receipt(friend, MessageStatus.READ, LATER, id));
    var delivered =
        store.applyReceipt(
            account, receipt(friend, MessageStatus.DELIVERED, LATER.plusSeconds(1), id));

    assertThat(read).hasSize(1);
    assertThat(read.getFirst().status()).isEqualTo(MessageStatus.READ);
    assertThat(read.getFirst().readAt()).isEqualTo(LATER);
    assertThat(read.getFirst().deliveredAt()).isEqualTo(LATER);
    assertThat(delivered).isEmpty();
    assertThat(history.find(account, id).orElseThrow().status()).isEqualTo(MessageStatus.READ);
  }

  @Test
  void keepsTheFirstTimeOfEachStep() {
    var id = sent(friend).id();
    store.applyReceipt(account, receipt(friend, MessageStatus.DELIVERED, LATER, id));

    var played =
        store.applyReceipt(
            account, receipt(friend, MessageStatus.PLAYED, LATER.plusSeconds(5), id));

    assertThat(played.getFirst().deliveredAt()).isEqualTo(LATER);
    assertThat(played.getFirst().readAt()).isEqualTo(LATER.plusSeconds(5));
  }

  @Test
  void appliesReceiptUnderAnyNameOfTheChat() {
    var first = sent(friend).id();
    var second = sent(friend).id();

    var moved =
        store.applyReceipt(
            account,
            receipt(
                Peer.of(friend.knownLid().orElseThrow()),
                MessageStatus.DELIVERED,
                LATER,
                second,
                first,
                new MessageId("UNKNOWN")));

    assertThat(moved).extracting(Message::id).containsExactly(first, second);
  }

  @Test
  void leavesOtherChatsAndOtherAccountsAlone() {
    var id = sent(friend).id();
    var stranger = new Peer(Accounts.phoneNumber(), Accounts.lid());

    var moved = store.applyReceipt(account, receipt(stranger, MessageStatus.DELIVERED, LATER, id));

    assertThat(moved).isEmpty();
    assertThat(
            store.applyReceipt(
                Accounts.stored(database), receipt(friend, MessageStatus.READ, LATER, id)))
        .isEmpty();
  }

  @Test
  void appliesReceiptOfLidThatIsNotKnownYet() {
    var id = sent(Peer.of(friend.knownPhoneNumber().orElseThrow())).id();
    var byLid = Peer.of(friend.knownLid().orElseThrow());

    assertThat(store.applyReceipt(account, receipt(byLid, MessageStatus.READ, LATER, id)))
        .hasSize(1);
  }

  @Test
  void makesOneChatOfTwoWhenBothNamesComeTogether() {
    var byNumber = Peer.of(friend.knownPhoneNumber().orElseThrow());
    var byLid = Peer.of(friend.knownLid().orElseThrow());
    var twice = Accounts.inbound(account, byNumber, "seen under both names");
    store.receive(twice, List.of());
    store.receive(withChat(twice, byLid), List.of());
    store.receive(Accounts.inbound(account, byLid, "by LID"), List.of());

    store.receive(Accounts.inbound(account, friend, "by both"), List.of());

    assertThat(all()).hasSize(3).extracting(Message::chat).containsOnly(friend);
    assertThat(history.list(new MessageQuery(account, byLid, null, null, null, 10)).messages())
        .hasSize(3);
  }

  @Test
  void keepsTheCopyThatIsFurtherWhenTwoChatsBecomeOne() {
    var byNumber = Peer.of(friend.knownPhoneNumber().orElseThrow());
    var byLid = Peer.of(friend.knownLid().orElseThrow());
    for (var first : List.of(byNumber, byLid)) {
      var message = withStatus(Accounts.outbound(account, first, "from the phone"));
      var copy = withChat(message, first.equals(byLid) ? byNumber : byLid);
      store.receive(message, List.of());
      store.applyReceipt(account, receipt(first, MessageStatus.READ, LATER, message.id()));
      store.receive(copy, List.of());
    }
    assertThat(all()).hasSize(4);

    store.receive(Accounts.inbound(account, friend, "by both"), List.of());

    assertThat(all())
        .extracting(Message::status)
        .containsExactlyInAnyOrder(MessageStatus.RECEIVED, MessageStatus.READ, MessageStatus.READ);
  }

  private static Message withStatus(Message message) {
    return new Message(
        message.account(),
        message.id(),
        message.chat(),
        message.direction(),
        MessageStatus.SENT,
        message.content(),
        message.occurredAt(),
        message.recordedAt(),
        Accounts.NOON,
        null,
        null,
        null);
  }

  private Message sent(Peer to) {
    var message = Accounts.outbound(account, to, "hello");
    outbox.accept(message);
    return outbox.sent(account, message.id(), to, Accounts.NOON);
  }

  private List<Message> all() {
    return history.list(new MessageQuery(account, null, null, null, null, 100)).messages();
  }

  private static Receipt receipt(Peer chat, MessageStatus status, Instant at, MessageId... ids) {
    return new Receipt(chat, List.of(ids), status, at);
  }

  private static RecordChange put(int value) {
    return new RecordChange.Put(
        new RecordKey(RecordKind.SESSION, "friend"), new byte[] {(byte) value});
  }

  private static Message withChat(Message message, Peer chat) {
    return new Message(
        message.account(),
        message.id(),
        chat,
        message.direction(),
        message.status(),
        message.content(),
        message.occurredAt(),
        message.recordedAt(),
        null,
        null,
        null,
        null);
  }
}
