package dev.switchboard.store.message;

import static dev.switchboard.store.jooq.Tables.CHAT;
import static dev.switchboard.store.jooq.Tables.MESSAGE;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.jooq.tables.records.MessageRecord;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;

/** The rows of messages; within the transaction of whoever calls. */
final class MessageTable {
  /**
   * In the words of the partial index. Not as parameters: the planner could not tell that the index
   * holds all of them.
   */
  static final Condition WAITING =
      MESSAGE.STATUS.in(
          DSL.inline(MessageStatus.ACCEPTED.name()), DSL.inline(MessageStatus.SENDING.name()));

  private final MessageRow rows;

  MessageTable(Encryption encryption) {
    this.rows = new MessageRow(encryption);
  }

  /** False when the chat holds a message of this id and direction. */
  boolean insert(DSLContext dsl, Message message, UUID chat) {
    return dsl.insertInto(MESSAGE).set(rows.of(message, chat)).onConflictDoNothing().execute() == 1;
  }

  /** What {@link #insert} would insert. */
  MessageRecord row(Message message, UUID chat) {
    return rows.of(message, chat);
  }

  /** False when the message in this place is none, or can be read. */
  boolean replaceUndecryptable(DSLContext dsl, Message message, UUID chat) {
    var row = rows.of(message, chat);
    return dsl.update(MESSAGE)
            .set(MESSAGE.KIND, row.getKind())
            .set(MESSAGE.CONTENT, row.getContent())
            .where(place(message, chat), MESSAGE.KIND.eq(ContentBytes.UNDECRYPTABLE))
            .execute()
        == 1;
  }

  /** The message in the place of the given one. */
  Message find(DSLContext dsl, Message message, UUID chat) {
    return toMessage(message.account(), select(dsl, place(message, chat)).fetchSingle());
  }

  private static Condition place(Message message, UUID chat) {
    return of(message.account())
        .and(MESSAGE.MESSAGE_ID.eq(message.id().value()))
        .and(MESSAGE.DIRECTION.eq(message.direction().name()))
        .and(MESSAGE.CHAT_ID.eq(chat));
  }

  /** Messages with their chats, to be narrowed down further. */
  SelectConditionStep<Record> select(DSLContext dsl, Condition condition) {
    return dsl.select(MESSAGE.fields())
        .select(CHAT.PEER)
        .from(MESSAGE)
        .join(CHAT)
        .on(
            CHAT.TENANT_ID.eq(MESSAGE.TENANT_ID),
            CHAT.INSTANCE_ID.eq(MESSAGE.INSTANCE_ID),
            CHAT.ID.eq(MESSAGE.CHAT_ID))
        .where(condition);
  }

  Message toMessage(AccountKey account, Record joined) {
    return rows.toMessage(account, joined);
  }

  static Condition of(AccountKey account) {
    return MESSAGE
        .TENANT_ID
        .eq(account.tenant().value())
        .and(MESSAGE.INSTANCE_ID.eq(account.instance().value()));
  }

  static Condition outbound(AccountKey account, MessageId id) {
    return of(account)
        .and(MESSAGE.MESSAGE_ID.eq(id.value()))
        .and(MESSAGE.DIRECTION.eq(Direction.OUTBOUND.name()));
  }
}
