package dev.switchboard.store.projection;

import static dev.switchboard.store.jooq.Tables.MESSAGE;

import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.store.database.Texts;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.jooq.tables.records.MessageRecord;
import dev.switchboard.store.message.MessageRow;
import java.util.List;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Writes what became of the messages: new rows with one statement, changed ones with another. */
final class MessageWriter {
  /** The columns go as arrays: a statement with a parameter for each value takes twice as long. */
  private static final String INSERT =
      """
      insert into message
        (tenant_id, instance_id, chat_id, message_id, direction, status, waiting, kind, attempts,
        failure_cause, failure_detail, failure_until, occurred_at, recorded_at, sent_at,
        delivered_at, read_at, priority, not_before, expires_at, typing, bulk, requeues, content)
      select k.tenant, k.instance, k.chat::uuid, k.id, k.direction, k.status, k.waiting::boolean,
        k.kind, k.attempts::integer, k.failure_cause, k.failure_detail,
        k.failure_until::timestamptz, k.occurred_at::timestamptz, k.recorded_at::timestamptz,
        k.sent_at::timestamptz, k.delivered_at::timestamptz, k.read_at::timestamptz, k.priority,
        k.not_before::timestamptz, k.expires_at::timestamptz, k.typing::boolean, k.bulk,
        k.requeues::integer, k.content
      from unnest({0}) with ordinality as k(tenant, instance, chat, id, direction, status,
        waiting, kind, attempts, failure_cause, failure_detail, failure_until, occurred_at,
        recorded_at, sent_at, delivered_at, read_at, priority, not_before, expires_at, typing, bulk,
        requeues, content, place)
      order by k.place
      on conflict do nothing
      """;

  /** Of which {@link #INSERT} is made, in its order, but for the content. */
  private static final List<Field<?>> INSERTED =
      List.of(
          MESSAGE.TENANT_ID,
          MESSAGE.INSTANCE_ID,
          MESSAGE.CHAT_ID,
          MESSAGE.MESSAGE_ID,
          MESSAGE.DIRECTION,
          MESSAGE.STATUS,
          MESSAGE.WAITING,
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

  /** Only the row as it was read: nobody else may have touched it. */
  private static final String UPDATE =
      """
      update message m set
        chat_id = k.chat::uuid, status = k.status, waiting = k.waiting::boolean,
        attempts = k.attempts::integer, requeues = k.requeues::integer,
        sent_at = k.sent_at::timestamptz, delivered_at = k.delivered_at::timestamptz,
        read_at = k.read_at::timestamptz, failure_cause = k.failure_cause,
        failure_detail = k.failure_detail, failure_until = k.failure_until::timestamptz,
        priority = k.priority, not_before = k.not_before::timestamptz,
        expires_at = k.expires_at::timestamptz, typing = k.typing::boolean, bulk = k.bulk
      from unnest({0}) as k(tenant, instance, sequence, old_status, old_chat, chat, status, waiting,
        attempts, requeues, sent_at, delivered_at, read_at, failure_cause, failure_detail,
        failure_until, priority, not_before, expires_at, typing, bulk)
      where m.tenant_id = k.tenant and m.instance_id = k.instance
        and m.sequence = k.sequence::bigint and m.status = k.old_status
        and m.chat_id = k.old_chat::uuid
      """;

  private static final int UPDATED = 21;

  private final MessageRow rows;

  MessageWriter(Encryption encryption) {
    this.rows = new MessageRow(encryption);
  }

  void write(DSLContext dsl, MessageStates states) {
    insert(dsl, states.all().filter(state -> state.stored() == null).toList());
    update(dsl, states.all().filter(state -> state.stored() != null && state.changed()).toList());
  }

  private void insert(DSLContext dsl, List<MessageState> states) {
    if (states.isEmpty()) {
      return;
    }
    var texts = new Texts(INSERTED.size());
    var contents = new byte[states.size()][];
    for (var i = 0; i < contents.length; i++) {
      var row = row(states.get(i));
      texts.add(INSERTED.stream().map(row::get).toArray());
      contents[i] = row.getContent();
    }
    var _ = texts.execute(dsl, INSERT, contents);
  }

  private MessageRecord row(MessageState state) {
    var row = rows.of(state.message(), state.chat().id());
    row.setAttempts(state.attempts());
    row.setRequeues(state.requeues());
    row.setWaiting(state.waiting());
    options(row, Objects.requireNonNull(state.options()));
    return row;
  }

  private static void options(MessageRecord row, SendOptions options) {
    row.setPriority(options.priority().name());
    row.setNotBefore(options.notBefore());
    row.setExpiresAt(options.expiresAt());
    row.setTyping(options.typing());
    row.setBulk(options.bulk());
  }

  private static void update(DSLContext dsl, List<MessageState> states) {
    if (states.isEmpty()) {
      return;
    }
    var changes = new Texts(UPDATED);
    states.forEach(state -> add(changes, state));
    if (dsl.query(UPDATE, DSL.list(changes.arrays())).execute() != changes.size()) {
      throw new LostRaceException("a message was changed by somebody else");
    }
  }

  private static void add(Texts changes, MessageState state) {
    var stored = Objects.requireNonNull(state.stored());
    var progress = state.progress();
    @Nullable Failure failure = progress.failure();
    @Nullable SendOptions options = state.options();
    changes.add(
        state.account().tenant(),
        state.account().instance(),
        stored.sequence(),
        stored.status(),
        stored.chat().id(),
        state.chat().id(),
        state.status(),
        state.waiting(),
        progress.attempts(),
        progress.requeues(),
        progress.sentAt(),
        progress.deliveredAt(),
        progress.readAt(),
        failure == null ? null : failure.cause(),
        failure == null ? null : failure.detail(),
        failure == null ? null : failure.until(),
        options == null ? null : options.priority(),
        options == null ? null : options.notBefore(),
        options == null ? null : options.expiresAt(),
        options != null && options.typing(),
        options == null ? null : options.bulk());
  }
}
