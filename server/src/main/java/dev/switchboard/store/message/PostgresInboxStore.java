package dev.switchboard.store.message;

import static dev.switchboard.store.jooq.Tables.MESSAGE;

import dev.switchboard.connector.Receipt;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.inbox.InboxStore;
import dev.switchboard.inbox.Reception;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.event.Occurrence;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.projection.PendingRecords;
import dev.switchboard.store.account.RecordRows;
import dev.switchboard.store.account.RecordTable;
import dev.switchboard.store.contact.Chats;
import dev.switchboard.store.database.Transactions;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.event.EventRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Arrivals in PostgreSQL. */
public final class PostgresInboxStore implements InboxStore {
  private final Transactions transactions;
  private final MessageTable messages;
  private final Chats chats;
  private final RecordTable records;
  private final EventRows events;

  /** Without a journal, and nobody is told. */
  public PostgresInboxStore(Transactions transactions, Encryption encryption) {
    this(transactions, encryption, PendingRecords.none(), EventRows.none());
  }

  public PostgresInboxStore(
      Transactions transactions, Encryption encryption, PendingRecords pending, EventRows events) {
    this.transactions = transactions;
    this.messages = new MessageTable(encryption);
    this.chats = new Chats(encryption);
    this.records = new RecordTable(encryption, pending);
    this.events = events;
  }

  @Override
  public Reception receive(Message message, List<RecordChange> changes) {
    return transactions.write(
        dsl -> shortly(dsl, message, changes).orElseGet(() -> anyhow(dsl, message, changes)));
  }

  /**
   * The way of most arrivals, in two statements: of somebody of whom nothing new was said.
   *
   * @return none when it is another case; nothing was written then
   */
  private Optional<Reception> shortly(DSLContext dsl, Message message, List<RecordChange> changes) {
    var account = message.account();
    if (!events.told() || !Arrival.fits(message)) {
      return Optional.empty();
    }
    return KnownChat.hold(dsl, account, chats.keys(account, message.chat()))
        .map(chat -> {
          var rows = changed(dsl, account, chat, changes);
          var event = events.conditional(received(message));
          var id = Arrival.store(dsl, rows, messages.row(message, chat.id()), event);
          if (id.isEmpty()) {
            return again(dsl, message, chat.id());
          }
          event.inserted(dsl, id.getAsLong());
          return new Reception.Stored(message);
        });
  }

  private RecordRows changed(
      DSLContext dsl, AccountKey account, KnownChat chat, List<RecordChange> changes) {
    if (changes.isEmpty()) {
      return RecordRows.none();
    }
    var position = chat.recordsPosition().orElseGet(() -> records.lock(dsl, account));
    return records.settle(dsl, account, position, changes);
  }

  private Reception anyhow(DSLContext dsl, Message message, List<RecordChange> changes) {
    var account = message.account();
    var happened = new ArrayList<Occurrence>();
    var chat = chats.resolve(dsl, account, message.chat(), happened::add);
    records.apply(dsl, account, changes);
    if (messages.insert(dsl, message, chat)) {
      happened.add(received(message));
      events.add(dsl, happened);
      return new Reception.Stored(message);
    }
    events.add(dsl, happened);
    return again(dsl, message, chat);
  }

  /** A message of this id is there. */
  private Reception again(DSLContext dsl, Message message, UUID chat) {
    if (!messages.replaceUndecryptable(dsl, message, chat) || !readable(message)) {
      return new Reception.Known();
    }
    var resolved = messages.find(dsl, message, chat);
    events.add(
        dsl, new Occurrence(message.account(), null, new EventPayload.MessageResolved(resolved)));
    return new Reception.Resolved(resolved);
  }

  private static Occurrence received(Message message) {
    return new Occurrence(
        message.account(),
        message.occurredAt(),
        readable(message)
            ? new EventPayload.MessageReceived(message)
            : new EventPayload.MessageUndecryptable(message));
  }

  private static boolean readable(Message message) {
    return !(message.content() instanceof MessageContent.Undecryptable);
  }

  @Override
  public List<Message> applyReceipt(AccountKey account, Receipt receipt) {
    return transactions.write(dsl -> {
      var moving = moving(dsl, account, receipt);
      if (moving.isEmpty()) {
        return List.of();
      }
      move(dsl, account, moving, receipt);
      return messages
          .select(dsl, MessageTable.of(account).and(MESSAGE.SEQUENCE.in(moving)))
          .orderBy(MESSAGE.SEQUENCE)
          .fetch(row -> messages.toMessage(account, row));
    });
  }

  /** Locked, so that two receipts at once do not move a message back. */
  private List<Long> moving(DSLContext dsl, AccountKey account, Receipt receipt) {
    var ids = receipt.ids().stream().map(MessageId::value).toList();
    return messages
        .select(dsl, MessageTable.of(account).and(MESSAGE.MESSAGE_ID.in(ids)))
        .and(MESSAGE.DIRECTION.eq(Direction.OUTBOUND.name()))
        .orderBy(MESSAGE.SEQUENCE)
        .forUpdate()
        .of(MESSAGE)
        .fetch()
        .stream()
        .filter(row -> moves(messages.toMessage(account, row), receipt))
        .map(row -> row.get(MESSAGE.SEQUENCE))
        .toList();
  }

  private static boolean moves(Message message, Receipt receipt) {
    return message.status().mayBecome(receipt.status()) && message.chat().mayBe(receipt.chat());
  }

  /** What is read was delivered, and what was delivered was sent, whoever told first. */
  private static void move(DSLContext dsl, AccountKey account, List<Long> moving, Receipt receipt) {
    var read = receipt.status() != MessageStatus.DELIVERED;
    dsl.update(MESSAGE)
        .set(MESSAGE.STATUS, receipt.status().name())
        .set(MESSAGE.SENT_AT, first(MESSAGE.SENT_AT, receipt.at()))
        .set(MESSAGE.DELIVERED_AT, first(MESSAGE.DELIVERED_AT, receipt.at()))
        .set(MESSAGE.READ_AT, read ? first(MESSAGE.READ_AT, receipt.at()) : MESSAGE.READ_AT)
        .where(MessageTable.of(account), MESSAGE.SEQUENCE.in(moving))
        .execute();
  }

  private static Field<Instant> first(Field<Instant> known, Instant otherwise) {
    return DSL.coalesce(known, DSL.val(otherwise, known));
  }
}
