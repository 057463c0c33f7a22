package dev.switchboard.store.projection;

import static dev.switchboard.store.jooq.Tables.MESSAGE;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.Peer;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.Priority;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.store.contact.ChatsOfBatch;
import dev.switchboard.store.contact.ChatsOfBatch.Chat;
import dev.switchboard.store.database.Texts;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.jooq.tables.records.MessageRecord;
import dev.switchboard.store.message.MessageRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Reads the outbound messages that a batch speaks of, with one statement for all of them. */
final class MessageReader {
  private static final List<Field<?>> FIELDS =
      List.of(
          MESSAGE.TENANT_ID,
          MESSAGE.INSTANCE_ID,
          MESSAGE.SEQUENCE,
          MESSAGE.CHAT_ID,
          MESSAGE.MESSAGE_ID,
          MESSAGE.DIRECTION,
          MESSAGE.STATUS,
          MESSAGE.KIND,
          MESSAGE.ATTEMPTS,
          MESSAGE.FAILURE_CAUSE,
          MESSAGE.FAILURE_DETAIL,
          MESSAGE.FAILURE_UNTIL,
          MESSAGE.OCCURRED_AT,
          MESSAGE.RECORDED_AT,
          MESSAGE.SENT_AT,
          MESSAGE.DELIVERED_AT,
          MESSAGE.READ_AT,
          MESSAGE.PRIORITY,
          MESSAGE.NOT_BEFORE,
          MESSAGE.EXPIRES_AT,
          MESSAGE.TYPING,
          MESSAGE.BULK,
          MESSAGE.REQUEUES);

  private final MessageRow rows;
  private final ChatsOfBatch chats;

  MessageReader(Encryption encryption) {
    this.rows = new MessageRow(encryption);
    this.chats = new ChatsOfBatch(encryption);
  }

  /**
   * The messages as they are stored.
   *
   * @param told for each message whether what it says is needed, to tell of it
   * @param emptied the accounts whose waiting messages are needed, all of them
   */
  MessageStates read(
      DSLContext dsl, Map<MessageStates.Key, Boolean> told, Collection<AccountKey> emptied) {
    var wanted = new Texts(4);
    told.forEach((key, tell) ->
        wanted.add(key.account().tenant(), key.account().instance(), key.id(), tell));
    var found = new HashMap<Long, MessageRecord>();
    if (!wanted.isEmpty()) {
      read(
          dsl,
          wanted.as("k(tenant, instance, id, told)"),
          DSL.field(
              "case when k.told::boolean then message.content end", MESSAGE.CONTENT.getType()),
          MESSAGE
              .MESSAGE_ID
              .eq(DSL.field("k.id", String.class))
              .and(MESSAGE.DIRECTION.eq(DSL.inline(Direction.OUTBOUND.name()))),
          found);
    }
    if (!emptied.isEmpty()) {
      var accounts = new Texts(2);
      emptied.forEach(account -> accounts.add(account.tenant(), account.instance()));
      read(
          dsl,
          accounts.as("k(tenant, instance)"),
          MESSAGE.CONTENT,
          MESSAGE.WAITING.isTrue(),
          found);
    }
    return states(dsl, found.values().stream().sorted(this::inOrder).toList());
  }

  private int inOrder(MessageRecord one, MessageRecord other) {
    return Long.compare(one.getSequence(), other.getSequence());
  }

  private static void read(
      DSLContext dsl,
      Table<?> keys,
      Field<byte[]> content,
      Condition which,
      Map<Long, MessageRecord> found) {
    dsl.select(FIELDS)
        .select(content.as(MESSAGE.CONTENT))
        .from(keys)
        .join(MESSAGE)
        .on(
            MESSAGE.TENANT_ID.eq(DSL.field("k.tenant", String.class)),
            MESSAGE.INSTANCE_ID.eq(DSL.field("k.instance", String.class)),
            which)
        .forEach(row -> {
          var message = row.into(MESSAGE);
          message.setContent(row.get(MESSAGE.CONTENT.getUnqualifiedName(), byte[].class));
          found.put(message.getSequence(), message);
        });
  }

  private MessageStates states(DSLContext dsl, List<MessageRecord> found) {
    var chatsOfRows = new HashMap<UUID, AccountKey>();
    found.forEach(row -> chatsOfRows.put(row.getChatId(), account(row)));
    Map<UUID, Peer> peers = chatsOfRows.isEmpty() ? Map.of() : chats.peers(dsl, chatsOfRows);
    var states = new MessageStates();
    for (var row : found) {
      @Nullable Peer peer = peers.get(row.getChatId());
      if (peer == null) {
        throw new LostRaceException("a chat went while its messages were read");
      }
      states.add(state(row, new Chat(row.getChatId(), peer)));
    }
    return states;
  }

  private MessageState state(MessageRecord row, Chat chat) {
    var account = account(row);
    var status = MessageStatus.valueOf(row.getStatus());
    var progress =
        new MessageState.Progress(
            row.getAttempts(),
            row.getRequeues(),
            row.getSentAt(),
            row.getDeliveredAt(),
            row.getReadAt(),
            MessageRow.failure(row));
    return new MessageState(
        account,
        new MessageId(row.getMessageId()),
        chat,
        status,
        () -> rows.content(account, row),
        row.getOccurredAt(),
        row.getRecordedAt(),
        options(row),
        progress,
        new MessageState.Stored(row.getSequence(), status, chat));
  }

  private static @Nullable SendOptions options(MessageRecord row) {
    @Nullable String priority = row.getPriority();
    return priority == null
        ? null
        : new SendOptions(
            Priority.valueOf(priority),
            row.getNotBefore(),
            row.getExpiresAt(),
            row.getTyping(),
            row.getBulk());
  }

  private static AccountKey account(MessageRecord row) {
    return new AccountKey(new TenantId(row.getTenantId()), new InstanceId(row.getInstanceId()));
  }
}
