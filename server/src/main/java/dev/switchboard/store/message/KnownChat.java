package dev.switchboard.store.message;

import dev.switchboard.model.AccountKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The chat with somebody of whom nothing new was said, held, and after it the order of the
 * account's records locked: what most arrivals need, asked for at once.
 *
 * @param recordsPosition none when the account has no row yet that orders its records; then nothing
 *     is locked but the chat
 */
record KnownChat(UUID id, OptionalLong recordsPosition) {
  /**
   * Nothing at all is locked when there is something to be learnt of the person: who waits to
   * change people must hold none of them. The records come after the chat, as everywhere: the
   * position is computed for a row of the locked chat only.
   */
  private static final String SQL =
      """
      select held.id, (
        select records_position from journal_account
        where tenant_id = ? and instance_id = ?
        for update) as position
      from (
        select id from chat
        where tenant_id = ? and instance_id = ? and id = (
          select (array_agg(chat_id))[1] from chat_alias
          where tenant_id = ? and instance_id = ? and alias_key = any(?)
          having count(*) = ? and count(distinct chat_id) = 1)
        for key share) held
      """;

  private static final int ALIASES = 7;
  private static final int NAMES = 8;

  /**
   * The chat that has all of these names, and no other chat any of them; until the transaction ends
   * nobody merges it away.
   */
  static Optional<KnownChat> hold(DSLContext dsl, AccountKey account, List<byte[]> aliases) {
    return Optional.ofNullable(
        dsl.connectionResult(connection -> {
          try (var statement = connection.prepareStatement(SQL)) {
            bind(connection, statement, account, aliases);
            return found(statement);
          }
        }));
  }

  private static void bind(
      Connection connection, PreparedStatement statement, AccountKey account, List<byte[]> aliases)
      throws SQLException {
    for (var parameter = 1; parameter < ALIASES; parameter += 2) {
      statement.setString(parameter, account.tenant().value());
      statement.setString(parameter + 1, account.instance().value());
    }
    statement.setArray(ALIASES, connection.createArrayOf("bytea", aliases.toArray(byte[][]::new)));
    statement.setInt(NAMES, aliases.size());
  }

  private static @Nullable KnownChat found(PreparedStatement statement) throws SQLException {
    try (var rows = statement.executeQuery()) {
      if (!rows.next()) {
        return null;
      }
      var id = rows.getObject(1, UUID.class);
      var position = rows.getLong(2);
      return new KnownChat(id, rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(position));
    }
  }
}
