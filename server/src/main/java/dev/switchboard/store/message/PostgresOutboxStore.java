package dev.switchboard.store.message;

import static dev.switchboard.store.jooq.Tables.MESSAGE;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.outbox.OutboxStore;
import dev.switchboard.projection.PendingRecords;
import dev.switchboard.store.account.LinkLock;
import dev.switchboard.store.account.RecordTable;
import dev.switchboard.store.contact.ChatPeers;
import dev.switchboard.store.contact.Chats;
import dev.switchboard.store.database.Transactions;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.jooq.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** The queue in PostgreSQL: one row for each message, the unsent ones found by a partial index. */
public final class PostgresOutboxStore implements OutboxStore {
  private static final Duration FULL_RETRY_AFTER = Duration.ofSeconds(30);

  private final Transactions transactions;
  private final MessageTable messages;
  private final Chats chats;
  private final RecordTable records;
  private final RequestLog requests = new RequestLog();

  /** Without a journal. */
  public PostgresOutboxStore(Transactions transactions, Encryption encryption) {
    this(transactions, encryption, PendingRecords.none());
  }

  public PostgresOutboxStore(
      Transactions transactions, Encryption encryption, PendingRecords pending) {
    this.transactions = transactions;
    this.messages = new MessageTable(encryption);
    this.chats = new Chats(encryption);
    this.records = new RecordTable(encryption, pending);
  }

  @Override
  public Message accept(Message message, Request request, int queueLimit) {
    var account = message.account();
    return transactions.write(dsl -> {
      LinkLock.share(dsl, account);
      var earlier = requests.note(dsl, account, request, message.id(), message.recordedAt());
      if (earlier.isEmpty()) {
        requireLinked(dsl, account);
        requireRoom(dsl, account, queueLimit);
        var chat = chats.resolve(dsl, account, message.chat());
        if (!messages.insert(dsl, message, chat)) {
          throw new IllegalStateException("a message id was chosen twice");
        }
      }
      return find(dsl, account, earlier.orElse(message.id()));
    });
  }

  @Override
  public Optional<Waiting> next(AccountKey account, Collection<Peer> setAside) {
    return transactions.read(dsl ->
        messages
            .select(dsl, MessageTable.of(account).and(MessageTable.WAITING))
            .and(notIn(dsl, account, setAside))
            .orderBy(MESSAGE.SEQUENCE)
            .limit(1)
            .fetchOptional(
                row -> new Waiting(messages.toMessage(account, row), row.get(MESSAGE.ATTEMPTS))));
  }

  @Override
  public void attempted(AccountKey account, MessageId id, List<RecordChange> changes) {
    transactions.run(dsl -> {
      var updated =
          dsl.update(MESSAGE)
              .set(MESSAGE.STATUS, MessageStatus.SENDING.name())
              .set(MESSAGE.ATTEMPTS, MESSAGE.ATTEMPTS.plus(1))
              .where(MessageTable.outbound(account, id), MessageTable.WAITING)
              .execute();
      if (updated == 0) {
        throw noMessage();
      }
      records.apply(dsl, account, changes);
    });
  }

  @Override
  public Optional<Waiting> written(AccountKey account, Peer chat, MessageId id) {
    return transactions.read(dsl ->
        messages
            .select(dsl, MessageTable.outbound(account, id))
            .and(MESSAGE.ATTEMPTS.gt(0))
            .orderBy(MESSAGE.SEQUENCE.desc())
            .fetch(row -> new Waiting(messages.toMessage(account, row), row.get(MESSAGE.ATTEMPTS)))
            .stream()
            .filter(found -> ChatPeers.mayBeSame(found.message().chat(), chat))
            .findFirst());
  }

  @Override
  public Message sent(AccountKey account, MessageId id, Peer to, Instant at) {
    return transactions.write(dsl -> {
      // Before the message is touched: merging chats takes the chats first, then their messages.
      var chat = chats.resolve(dsl, account, to);
      dsl.update(MESSAGE)
          .set(MESSAGE.CHAT_ID, chat)
          .set(
              MESSAGE.STATUS,
              DSL.when(MessageTable.WAITING, MessageStatus.SENT.name()).otherwise(MESSAGE.STATUS))
          .set(MESSAGE.SENT_AT, DSL.coalesce(MESSAGE.SENT_AT, DSL.val(at, MESSAGE.SENT_AT)))
          .where(MessageTable.outbound(account, id))
          .and(MESSAGE.STATUS.ne(MessageStatus.FAILED.name()))
          .execute();
      return find(dsl, account, id);
    });
  }

  @Override
  public Message failed(AccountKey account, MessageId id, Failure failure) {
    return transactions.write(dsl -> {
      fail(dsl, MessageTable.outbound(account, id), failure);
      return find(dsl, account, id);
    });
  }

  @Override
  public List<Message> failAll(AccountKey account, Failure failure) {
    return transactions.write(dsl -> {
      var changed = fail(dsl, MessageTable.of(account), failure);
      return messages
          .select(dsl, MessageTable.of(account).and(MESSAGE.SEQUENCE.in(changed)))
          .orderBy(MESSAGE.SEQUENCE)
          .fetch(row -> messages.toMessage(account, row));
    });
  }

  private static List<Long> fail(DSLContext dsl, Condition which, Failure failure) {
    return dsl.update(MESSAGE)
        .set(MESSAGE.STATUS, MessageStatus.FAILED.name())
        .set(MESSAGE.FAILURE_CAUSE, failure.cause().name())
        .set(MESSAGE.FAILURE_DETAIL, failure.detail())
        .set(MESSAGE.FAILURE_UNTIL, failure.until())
        .where(which, MessageTable.WAITING)
        .returning(MESSAGE.SEQUENCE)
        .fetch(MESSAGE.SEQUENCE);
  }

  /**
   * While unlinking has to wait: what is accepted before it is failed by it, and nothing is
   * accepted after it, to wait for ever.
   */
  private static void requireLinked(DSLContext dsl, AccountKey account) {
    var linked =
        dsl.selectOne()
            .from(Tables.INSTANCE)
            .where(Tables.INSTANCE.TENANT_ID.eq(account.tenant().value()))
            .and(Tables.INSTANCE.ID.eq(account.instance().value()))
            .and(Tables.INSTANCE.OWN.isNotNull())
            .fetchOptional();
    if (linked.isEmpty()) {
      throw new GatewayException(
          Reason.INSTANCE_NOT_LINKED, "the instance is not linked to an account; pair it first");
    }
  }

  /** Calls that come together may pass the limit by as many as they are. */
  private static void requireRoom(DSLContext dsl, AccountKey account, int queueLimit) {
    var waiting =
        DSL.selectOne()
            .from(MESSAGE)
            .where(MessageTable.of(account), MessageTable.WAITING)
            .limit(queueLimit);
    if (dsl.fetchCount(waiting) >= queueLimit) {
      throw GatewayException.retryable(
          Reason.QUEUE_FULL,
          "the instance has " + queueLimit + " unsent messages, as many as it may have",
          FULL_RETRY_AFTER,
          null);
    }
  }

  private Condition notIn(DSLContext dsl, AccountKey account, Collection<Peer> people) {
    var passedOver = chats.find(dsl, account, people);
    return passedOver.isEmpty() ? DSL.noCondition() : MESSAGE.CHAT_ID.notIn(passedOver);
  }

  private Message find(DSLContext dsl, AccountKey account, MessageId id) {
    return messages
        .select(dsl, MessageTable.outbound(account, id))
        .orderBy(MESSAGE.SEQUENCE.desc())
        .limit(1)
        .fetchOptional(row -> messages.toMessage(account, row))
        .orElseThrow(PostgresOutboxStore::noMessage);
  }

  private static GatewayException noMessage() {
    return new GatewayException(Reason.MESSAGE_NOT_FOUND, "there is no such message any more");
  }
}
