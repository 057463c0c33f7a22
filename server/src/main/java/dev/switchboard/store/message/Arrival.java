package dev.switchboard.store.message;

import dev.switchboard.model.message.Message;
import dev.switchboard.store.account.RecordRows;
import dev.switchboard.store.event.ConditionalEvent;
import dev.switchboard.store.jooq.tables.records.MessageRecord;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An arrival as one statement: the records that change, the message unless it is there, and the
 * event if it was not.
 */
final class Arrival {
  private static final String MESSAGE =
      """
      insert into message (tenant_id, instance_id, chat_id, message_id, direction, status, kind,
        content, occurred_at, recorded_at, sent_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict do nothing
      returning sequence
      """;

  private static final String SQL =
      "with changed as ("
          + RecordRows.UPSERT
          + "), arrived as ("
          + MESSAGE
          + ") "
          + ConditionalEvent.sqlIf("exists (select from arrived)");

  private static final int FIRST_OF_MESSAGE = 1 + RecordRows.PARAMETERS;
  private static final int FIRST_OF_EVENT = FIRST_OF_MESSAGE + 11;

  private Arrival() {}

  /** Whether the statement can store it: nothing is known of it but that it came, or was sent. */
  static boolean fits(Message message) {
    return message.failure() == null && message.deliveredAt() == null && message.readAt() == null;
  }

  /**
   * Runs the statement. The records are written in any case.
   *
   * @return the id of the event's row; none when the message is there already
   */
  static OptionalLong store(
      DSLContext dsl, RecordRows records, MessageRecord message, ConditionalEvent event) {
    return dsl.connectionResult(connection -> {
      try (var statement = connection.prepareStatement(SQL)) {
        records.bind(connection, statement, 1);
        bind(statement, message);
        event.bind(connection, statement, FIRST_OF_EVENT);
        return first(statement);
      }
    });
  }

  private static OptionalLong first(PreparedStatement statement) throws SQLException {
    try (var rows = statement.executeQuery()) {
      return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
    }
  }

  private static void bind(PreparedStatement statement, MessageRecord row) throws SQLException {
    var next = FIRST_OF_MESSAGE;
    statement.setString(next++, row.getTenantId());
    statement.setString(next++, row.getInstanceId());
    statement.setObject(next++, row.getChatId());
    statement.setString(next++, row.getMessageId());
    statement.setString(next++, row.getDirection());
    statement.setString(next++, row.getStatus());
    statement.setString(next++, row.getKind());
    statement.setBytes(next++, row.getContent());
    bind(statement, next++, row.getOccurredAt());
    bind(statement, next++, row.getRecordedAt());
    bind(statement, next, row.getSentAt());
  }

  private static void bind(PreparedStatement statement, int parameter, @Nullable Instant time)
      throws SQLException {
    if (time == null) {
      statement.setNull(parameter, Types.TIMESTAMP_WITH_TIMEZONE);
    } else {
      statement.setObject(parameter, time.atOffset(ZoneOffset.UTC));
    }
  }
}
