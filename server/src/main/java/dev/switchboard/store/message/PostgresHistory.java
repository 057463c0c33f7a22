package dev.switchboard.store.message;

import static dev.switchboard.store.jooq.Tables.MESSAGE;

import dev.switchboard.history.History;
import dev.switchboard.history.MessagePage;
import dev.switchboard.history.MessageQuery;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.store.database.Transactions;
import dev.switchboard.store.encryption.Encryption;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Reads messages back from PostgreSQL. */
public final class PostgresHistory implements History {
  private final Transactions transactions;
  private final ChatTable chats;
  private final MessageTable messages;

  public PostgresHistory(Transactions transactions, Encryption encryption) {
    this.transactions = transactions;
    this.chats = new ChatTable(encryption);
    this.messages = new MessageTable(encryption, chats);
  }

  /** OUTBOUND sorts after INBOUND, so that it comes first. */
  @Override
  public Optional<Message> find(AccountKey account, MessageId id) {
    return transactions.read(
        dsl ->
            messages
                .select(dsl)
                .where(MessageTable.of(account), MESSAGE.MESSAGE_ID.eq(id.value()))
                .orderBy(MESSAGE.DIRECTION.desc(), MESSAGE.SEQUENCE)
                .limit(1)
                .fetchOptional(row -> messages.stored(account, row).message()));
  }

  @Override
  public MessagePage list(MessageQuery query) {
    return transactions.read(dsl -> list(dsl, query));
  }

  /** One row more than asked for tells whether there is a next page. */
  private MessagePage list(DSLContext dsl, MessageQuery query) {
    var rows =
        messages.fetch(
            query.account(),
            messages
                .select(dsl)
                .where(condition(dsl, query))
                .orderBy(MESSAGE.SEQUENCE.desc())
                .limit(query.limit() + 1));
    boolean more = rows.size() > query.limit();
    List<MessageTable.Stored> page = more ? rows.subList(0, query.limit()) : rows;
    return new MessagePage(
        page.stream().map(MessageTable.Stored::message).toList(),
        more ? page.getLast().sequence() : null);
  }

  private Condition condition(DSLContext dsl, MessageQuery query) {
    Condition condition = MessageTable.of(query.account());
    Peer peer = query.chat();
    if (peer != null) {
      condition = condition.and(inChat(dsl, query.account(), peer));
    }
    if (query.direction() != null) {
      condition = condition.and(MESSAGE.DIRECTION.eq(query.direction().name()));
    }
    return query.before() == null ? condition : condition.and(MESSAGE.SEQUENCE.lt(query.before()));
  }

  private Condition inChat(DSLContext dsl, AccountKey account, Peer peer) {
    return chats
        .find(dsl, account, peer)
        .map(chat -> MESSAGE.CHAT_ID.eq(chat.id()))
        .orElse(DSL.falseCondition());
  }
}
