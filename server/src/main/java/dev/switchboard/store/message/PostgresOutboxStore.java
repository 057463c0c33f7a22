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
import dev.switchboard.store.account.RecordTable;
import dev.switchboard.store.database.Transactions;
import dev.switchboard.store.encryption.Encryption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** The queue in PostgreSQL: the messages that are not finished, in order of acceptance. */
public final class PostgresOutboxStore implements OutboxStore {
  private static final Duration FULL_RETRY_AFTER = Duration.ofSeconds(30);

  private final Transactions transactions;
  private final RecordTable records;
  private final ChatTable chats;
  private final MessageTable messages;
  private final RequestTable requests = new RequestTable();

  public PostgresOutboxStore(Transactions transactions, Encryption encryption) {
    this.transactions = transactions;
    this.records = new RecordTable(encryption);
    this.chats = new ChatTable(encryption);
    this.messages = new MessageTable(encryption, chats);
  }

  @Override
  public Message accept(Message message, Request request, int queueLimit) {
    return transactions.write(
        dsl -> {
          Optional<MessageId> earlier =
              requests.claim(
                  dsl, message.account(), request, message.id(), message.recordedAt());
          return earlier.isPresent()
              ? earlier(dsl, message.account(), earlier.get())
              : insert(dsl, message, queueLimit);
        });
  }

  @Override
  public Optional<Waiting> next(AccountKey account, Collection<Peer> setAside) {
    return transactions.read(
        dsl ->
            messages
                .select(dsl)
                .where(waiting(account))
                .and(
                    setAside.isEmpty()
                        ? DSL.noCondition()
                        : MESSAGE.CHAT_ID.notIn(ids(dsl, account, setAside)))
                .orderBy(MESSAGE.SEQUENCE)
                .limit(1)
                .fetchOptional(row -> messages.stored(account, row))
                .map(stored -> new Waiting(stored.message(), stored.attempts())));
  }

  @Override
  public void attempted(AccountKey account, MessageId id, List<RecordChange> changes) {
    transactions.run(
        dsl -> {
          dsl.update(MESSAGE)
              .set(MESSAGE.STATUS, MessageStatus.SENDING.name())
              .set(MESSAGE.ATTEMPTS, MESSAGE.ATTEMPTS.plus(1))
              .where(waiting(account), MESSAGE.MESSAGE_ID.eq(id.value()))
              .execute();
          records.apply(dsl, account, changes);
        });
  }

  @Override
  public Message sent(AccountKey account, MessageId id, Peer to, Instant at) {
    return move(
        account,
        id,
        dsl -> chats.findOrCreate(dsl, account, to),
        message -> Progress.to(message, MessageStatus.SENT, at));
  }

  @Override
  public Message failed(AccountKey account, MessageId id, Failure failure) {
    return move(account, id, dsl -> {}, message -> Progress.failed(message, failure));
  }

  @Override
  public List<Message> failAll(AccountKey account, Failure failure) {
    return transactions.write(
        dsl -> {
          List<Message> failed = new ArrayList<>();
          for (var stored :
              messages.fetch(
                  account,
                  messages.select(dsl).where(waiting(account)).forUpdate().of(MESSAGE))) {
            Message next = Progress.failed(stored.message(), failure);
            messages.update(dsl, stored.sequence(), next);
            failed.add(next);
          }
          return failed;
        });
  }

  private Message insert(DSLContext dsl, Message message, int queueLimit) {
    AccountKey account = message.account();
    int waiting =
        dsl.fetchCount(
            dsl.selectOne().from(MESSAGE).where(waiting(account)).limit(queueLimit));
    if (waiting >= queueLimit) {
      throw GatewayException.retryable(
          Reason.QUEUE_FULL,
          "the instance has " + queueLimit + " unsent messages, as many as it may have",
          FULL_RETRY_AFTER,
          null);
    }
    ChatTable.Chat chat = chats.findOrCreate(dsl, account, message.chat());
    if (!messages.insert(dsl, chat.id(), message)) {
      throw new IllegalStateException("the message id " + message.id() + " was chosen twice");
    }
    return earlier(dsl, account, message.id());
  }

  private Message earlier(DSLContext dsl, AccountKey account, MessageId id) {
    return messages
        .lockOutbound(dsl, account, id)
        .orElseThrow(
            () ->
                new GatewayException(
                    Reason.MESSAGE_NOT_FOUND,
                    "the message of the earlier call was erased; use a new request id"))
        .message();
  }

  private Message move(
      AccountKey account,
      MessageId id,
      Consumer<DSLContext> first,
      UnaryOperator<Message> step) {
    return transactions.write(
        dsl -> {
          first.accept(dsl);
          var stored =
              messages
                  .lockOutbound(dsl, account, id)
                  .orElseThrow(
                      () ->
                          new GatewayException(
                              Reason.MESSAGE_NOT_FOUND, "the message " + id + " was erased"));
          Message next = step.apply(stored.message());
          if (next.status() != stored.message().status()) {
            messages.update(dsl, stored.sequence(), next);
          }
          return next;
        });
  }

  private List<UUID> ids(DSLContext dsl, AccountKey account, Collection<Peer> peers) {
    return chats.idsOf(dsl, account, peers).fetchInto(UUID.class);
  }

  private static Condition waiting(AccountKey account) {
    return MessageTable.of(account)
        .and(
            MESSAGE.STATUS.in(
                DSL.inline(MessageStatus.ACCEPTED.name()),
                DSL.inline(MessageStatus.SENDING.name())));
  }
}
