package dev.switchboard.store.message;

import static dev.switchboard.store.jooq.Tables.CHAT;
import static dev.switchboard.store.jooq.Tables.MESSAGE;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.store.contact.ChatPeers;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.Place;
import dev.switchboard.store.jooq.tables.records.MessageRecord;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Between a message and its row. */
public final class MessageRow {
  private final Encryption encryption;
  private final ChatPeers peers;

  public MessageRow(Encryption encryption) {
    this.encryption = encryption;
    this.peers = new ChatPeers(encryption);
  }

  public MessageRecord of(Message message, UUID chat) {
    var content = ContentBytes.of(message.content());
    var place = place(message.account(), message.id().value(), message.direction().name());
    @Nullable Failure failure = message.failure();
    var row = new MessageRecord();
    row.setTenantId(message.account().tenant().value());
    row.setInstanceId(message.account().instance().value());
    row.setChatId(chat);
    row.setMessageId(message.id().value());
    row.setDirection(message.direction().name());
    row.setStatus(message.status().name());
    row.setKind(content.kind());
    row.setContent(encryption.seal(content.bytes(), place));
    row.setFailureCause(failure == null ? null : failure.cause().name());
    row.setFailureDetail(failure == null ? null : failure.detail());
    row.setFailureUntil(failure == null ? null : failure.until());
    row.setOccurredAt(message.occurredAt());
    row.setRecordedAt(message.recordedAt());
    row.setSentAt(message.sentAt());
    row.setDeliveredAt(message.deliveredAt());
    row.setReadAt(message.readAt());
    return row;
  }

  /** Of a row that joins message and chat. */
  public Message toMessage(AccountKey account, Record joined) {
    var row = joined.into(MESSAGE);
    return new Message(
        account,
        new MessageId(row.getMessageId()),
        peers.open(account, row.getChatId(), joined.get(CHAT.PEER)),
        Direction.valueOf(row.getDirection()),
        MessageStatus.valueOf(row.getStatus()),
        content(account, row),
        row.getOccurredAt(),
        row.getRecordedAt(),
        row.getSentAt(),
        row.getDeliveredAt(),
        row.getReadAt(),
        failure(row));
  }

  /** What a row says, of which at least these four columns are read. */
  public MessageContent content(AccountKey account, MessageRecord row) {
    var place = place(account, row.getMessageId(), row.getDirection());
    return new ContentBytes(row.getKind(), encryption.open(row.getContent(), place)).content();
  }

  /** Why it failed, or null. */
  public static @Nullable Failure failure(MessageRecord row) {
    @Nullable String cause = row.getFailureCause();
    return cause == null
        ? null
        : new Failure(FailureCause.valueOf(cause), row.getFailureDetail(), row.getFailureUntil());
  }

  /** Without the chat: two chats may become one. */
  private static Place place(AccountKey account, String id, String direction) {
    return Place.of("message", account.tenant().value(), account.instance().value(), id, direction);
  }
}
