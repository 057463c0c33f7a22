package dev.switchboard.store.event;

import dev.switchboard.event.EventDraft;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;

/**
 * Rows of events that go to the server with one statement, the same for any number of them. Without
 * jOOQ, which writes arrays of bytes as text, twice as long, and takes longer for it than the rest
 * of the way.
 */
final class EventInsert {
  /**
   * Identities are given in the order in which the rows are chosen, and come back in that order.
   */
  private static final String INSERT =
      """
      insert into event_outbox (event_id, tenant_id, instance_id, kind, at, content)
      select event_id, tenant, instance, kind, at::timestamptz, content
      from unnest(?, ?, ?, ?, ?, ?) with ordinality
        as k(event_id, tenant, instance, kind, at, content, place)
      """;

  private static final String IN_ORDER = "order by place returning id";
  private static final String SQL = INSERT + IN_ORDER;

  private final UUID[] ids;
  private final String[] tenants;
  private final String[] instances;
  private final Integer[] kinds;
  private final String[] times;
  private final byte[][] contents;
  private int size;

  EventInsert(int rows) {
    ids = new UUID[rows];
    tenants = new String[rows];
    instances = new String[rows];
    kinds = new Integer[rows];
    times = new String[rows];
    contents = new byte[rows][];
  }

  void add(UUID id, EventDraft draft, byte[] sealed) {
    ids[size] = id;
    tenants[size] = draft.account().tenant().value();
    instances[size] = draft.account().instance().value();
    kinds[size] = draft.kind().number();
    times[size] = draft.at().toString();
    contents[size] = sealed;
    size++;
  }

  /** The statement that inserts the rows if the condition holds, and names their ids. */
  static String sqlIf(String condition) {
    return INSERT + "where " + condition + " " + IN_ORDER;
  }

  /** The ids that the rows got, in order. */
  List<Long> execute(DSLContext dsl) {
    return dsl.connectionResult(connection -> {
      try (var statement = connection.prepareStatement(SQL)) {
        bind(connection, statement, 1);
        return run(statement);
      }
    });
  }

  /** Binds the parameters, the first of which has this number. */
  void bind(Connection connection, PreparedStatement statement, int first) throws SQLException {
    statement.setArray(first, connection.createArrayOf("uuid", ids));
    statement.setArray(first + 1, connection.createArrayOf("text", tenants));
    statement.setArray(first + 2, connection.createArrayOf("text", instances));
    statement.setArray(first + 3, connection.createArrayOf("int4", kinds));
    statement.setArray(first + 4, connection.createArrayOf("text", times));
    statement.setArray(first + 5, connection.createArrayOf("bytea", contents));
  }

  private List<Long> run(PreparedStatement statement) throws SQLException {
    var given = new ArrayList<Long>(size);
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        given.add(rows.getLong(1));
      }
    }
    if (given.size() != size) {
      throw new IllegalStateException(size + " events became " + given.size() + " rows");
    }
    return given;
  }
}
