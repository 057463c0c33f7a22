package dev.switchboard.store.message;

import static dev.switchboard.store.jooq.Tables.CHAT;
import static dev.switchboard.store.jooq.Tables.MESSAGE;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.Place;
import dev.switchboard.store.jooq.tables.records.MessageRecord;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectOnConditionStep;
import org.jspecify.annotations.Nullable;

/** Between messages and their rows; within the transaction of whoever calls. */
final class MessageTable {
  private final Encryption encryption;
  private final ChatTable chats;

  MessageTable(Encryption encryption, ChatTable chats) {
    this.encryption = encryption;
    this.chats = chats;
  }

  /** A message with what only its row knows. */
  record Stored(long sequence, int attempts, Message message) {}

  /** Inserts it, unless the chat holds it already; false then. */
  boolean insert(DSLContext dsl, UUID chat, Message message) {
    return dsl.insertInto(MESSAGE)
            .set(row(chat, message))
            .onConflictDoNothing()
            .execute()
        == 1;
  }

  /** Writes status, times and failure of a message that is there. */
  void update(DSLContext dsl, long sequence, Message message) {
    Failure failure = message.failure();
    dsl.update(MESSAGE)
        .set(MESSAGE.STATUS, message.status().name())
        .set(MESSAGE.SENT_AT, message.sentAt())
        .set(MESSAGE.DELIVERED_AT, message.deliveredAt())
        .set(MESSAGE.READ_AT, message.readAt())
        .set(MESSAGE.FAILURE_CAUSE, failure == null ? null : failure.cause().name())
        .set(MESSAGE.FAILURE_DETAIL, failure == null ? null : failure.detail())
        .where(MESSAGE.SEQUENCE.eq(sequence))
        .execute();
  }

  /** The outbound message under this id, locked until the transaction ends. */
  Optional<Stored> lockOutbound(DSLContext dsl, AccountKey account, MessageId id) {
    return select(dsl)
        .where(of(account), MESSAGE.MESSAGE_ID.eq(id.value()))
        .and(MESSAGE.DIRECTION.eq(Direction.OUTBOUND.name()))
        .forUpdate()
        .of(MESSAGE)
        .fetchOptional(row -> stored(account, row));
  }

  SelectOnConditionStep<Record> select(DSLContext dsl) {
    return dsl.select(MESSAGE.fields())
        .select(CHAT.PEER)
        .from(MESSAGE)
        .join(CHAT)
        .on(
            CHAT.TENANT_ID.eq(MESSAGE.TENANT_ID),
            CHAT.INSTANCE_ID.eq(MESSAGE.INSTANCE_ID),
            CHAT.ID.eq(MESSAGE.CHAT_ID));
  }

  List<Stored> fetch(AccountKey account, org.jooq.Select<Record> query) {
    return query.fetch(row -> stored(account, row));
  }

  Stored stored(AccountKey account, Record joined) {
    MessageRecord row = joined.into(MESSAGE);
    Peer peer = chats.open(account, row.getChatId(), joined.get(CHAT.PEER));
    MessageId id = new MessageId(row.getMessageId());
    Direction direction = Direction.valueOf(row.getDirection());
    byte[] content = encryption.open(row.getContent(), place(account, direction, id));
    return new Stored(
        row.getSequence(),
        row.getAttempts(),
        new Message(
            account,
            id,
            peer,
            direction,
            MessageStatus.valueOf(row.getStatus()),
            ContentBytes.decode(row.getKind(), content),
            row.getOccurredAt(),
            row.getRecordedAt(),
            row.getSentAt(),
            row.getDeliveredAt(),
            row.getReadAt(),
            failure(row)));
  }

  static Condition of(AccountKey account) {
    return MESSAGE
        .TENANT_ID
        .eq(account.tenant().value())
        .and(MESSAGE.INSTANCE_ID.eq(account.instance().value()));
  }

  private MessageRecord row(UUID chat, Message message) {
    AccountKey account = message.account();
    Failure failure = message.failure();
    MessageRecord row = new MessageRecord();
    row.setTenantId(account.tenant().value());
    row.setInstanceId(account.instance().value());
    row.setChatId(chat);
    row.setMessageId(message.id().value());
    row.setDirection(message.direction().name());
    row.setStatus(message.status().name());
    row.setKind(ContentBytes.kind(message.content()));
    row.setContent(
        encryption.seal(
            ContentBytes.encode(message.content()),
            place(account, message.direction(), message.id())));
    row.setAttempts(0);
    row.setFailureCause(failure == null ? null : failure.cause().name());
    row.setFailureDetail(failure == null ? null : failure.detail());
    row.setOccurredAt(message.occurredAt());
    row.setRecordedAt(message.recordedAt());
    row.setSentAt(message.sentAt());
    row.setDeliveredAt(message.deliveredAt());
    row.setReadAt(message.readAt());
    return row;
  }

  private static @Nullable Failure failure(MessageRecord row) {
    String cause = row.getFailureCause();
    return cause == null
        ? null
        : new Failure(
            FailureCause.valueOf(cause),
            Optional.ofNullable(row.getFailureDetail()).orElse(""));
  }

  private static Place place(AccountKey account, Direction direction, MessageId id) {
    return Place.of(
        "message",
        account.tenant().value(),
        account.instance().value(),
        direction.name(),
        id.value());
  }
}
