package dev.switchboard.store.message;

import static dev.switchboard.store.jooq.Tables.MESSAGE;

import dev.switchboard.history.DeadLetter;
import dev.switchboard.history.History;
import dev.switchboard.history.MessagePage;
import dev.switchboard.history.MessageQuery;
import dev.switchboard.history.Written;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.store.contact.Chats;
import dev.switchboard.store.database.Transactions;
import dev.switchboard.store.encryption.Encryption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Record2;
import org.jooq.impl.DSL;

/** Stored messages, read from PostgreSQL. */
public final class PostgresHistory implements History {
  private final Transactions transactions;
  private final MessageTable messages;
  private final Chats chats;

  public PostgresHistory(Transactions transactions, Encryption encryption) {
    this.transactions = transactions;
    this.messages = new MessageTable(encryption);
    this.chats = new Chats(encryption);
  }

  @Override
  public Optional<Message> find(AccountKey account, MessageId id) {
    return transactions.read(dsl ->
        messages
            .select(dsl, MessageTable.of(account).and(MESSAGE.MESSAGE_ID.eq(id.value())))
            .orderBy(MESSAGE.DIRECTION.desc(), MESSAGE.SEQUENCE.desc())
            .limit(1)
            .fetchOptional(row -> messages.toMessage(account, row)));
  }

  @Override
  public Optional<Written> written(AccountKey account, Peer chat, MessageId id) {
    return transactions.read(dsl ->
        messages
            .select(dsl, MessageTable.outbound(account, id))
            .and(MESSAGE.ATTEMPTS.gt(0))
            .orderBy(MESSAGE.SEQUENCE.desc())
            .fetch(row -> new Written(messages.toMessage(account, row), row.get(MESSAGE.ATTEMPTS)))
            .stream()
            .filter(found -> found.message().chat().mayBe(chat))
            .findFirst());
  }

  @Override
  public Optional<DeadLetter> deadLetter(AccountKey account, MessageId id) {
    var failed = MESSAGE.STATUS.eq(DSL.inline(MessageStatus.FAILED.name()));
    return transactions.read(dsl ->
        messages
            .select(dsl, MessageTable.outbound(account, id).and(failed))
            .orderBy(MESSAGE.SEQUENCE.desc())
            .limit(1)
            .fetchOptional(row -> deadLetter(account, row)));
  }

  private DeadLetter deadLetter(AccountKey account, Record row) {
    return new DeadLetter(
        messages.toMessage(account, row),
        row.get(MESSAGE.TYPING),
        row.get(MESSAGE.BULK),
        row.get(MESSAGE.REQUEUES));
  }

  @Override
  public Map<MessageStatus, Integer> countBulk(AccountKey account, String bulk) {
    return transactions.read(dsl ->
        dsl.select(MESSAGE.STATUS, DSL.count())
            .from(MESSAGE)
            .where(MessageTable.of(account), MESSAGE.BULK.eq(bulk))
            .groupBy(MESSAGE.STATUS)
            .fetchMap(row -> MessageStatus.valueOf(row.value1()), Record2::value2));
  }

  @Override
  public MessagePage list(MessageQuery query) {
    // One more than asked for, to know whether there is a next page.
    List<? extends Record> rows =
        transactions.read(dsl ->
            messages
                .select(dsl, MessageTable.of(query.account()))
                .and(narrowedDown(dsl, query))
                .orderBy(MESSAGE.SEQUENCE.desc())
                .limit(query.limit() + 1)
                .fetch());
    var shown = rows.subList(0, Math.min(query.limit(), rows.size()));
    var next = rows.size() > query.limit() ? shown.getLast().get(MESSAGE.SEQUENCE) : null;
    return new MessagePage(
        shown.stream().map(row -> messages.toMessage(query.account(), row)).toList(), next);
  }

  private Condition narrowedDown(DSLContext dsl, MessageQuery query) {
    var condition = DSL.noCondition();
    if (query.chat() != null) {
      var chat = chats.find(dsl, query.account(), List.of(query.chat()));
      condition = condition.and(MESSAGE.CHAT_ID.in(chat));
    }
    if (query.direction() != null) {
      condition = condition.and(MESSAGE.DIRECTION.eq(query.direction().name()));
    }
    if (query.status() != null) {
      condition = condition.and(MESSAGE.STATUS.eq(DSL.inline(query.status().name())));
    }
    if (query.before() != null) {
      condition = condition.and(MESSAGE.SEQUENCE.lt(query.before()));
    }
    return condition;
  }
}
