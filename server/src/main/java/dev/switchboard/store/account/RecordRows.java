package dev.switchboard.store.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;

/**
 * Rows of records that go to the server with one statement, the same for any number of them.
 * Without jOOQ: each message that comes or goes writes some, and composing the statement took
 * longer than running it.
 */
public final class RecordRows {
  /** Takes the parameters of {@link #bind}. */
  public static final String UPSERT =
      """
      insert into engine_record (tenant_id, instance_id, kind, name_key, value)
      select tenant, instance, kind, name_key, value
      from unnest(?, ?, ?, ?, ?) as r(tenant, instance, kind, name_key, value)
      on conflict (tenant_id, instance_id, kind, name_key) do update set value = excluded.value
      """;

  /** How many parameters that are. */
  public static final int PARAMETERS = 5;

  private final List<String> tenants = new ArrayList<>();
  private final List<String> instances = new ArrayList<>();
  private final List<String> kinds = new ArrayList<>();
  private final List<byte[]> names = new ArrayList<>();
  private final List<byte[]> values = new ArrayList<>();

  RecordRows() {}

  /** No row at all. */
  public static RecordRows none() {
    return new RecordRows();
  }

  void add(String tenant, String instance, String kind, byte[] name, byte[] value) {
    tenants.add(tenant);
    instances.add(instance);
    kinds.add(kind);
    names.add(name);
    values.add(value);
  }

  /** Binds the parameters, the first of which has this number. */
  public void bind(Connection connection, PreparedStatement statement, int first)
      throws SQLException {
    statement.setArray(first, connection.createArrayOf("text", tenants.toArray()));
    statement.setArray(first + 1, connection.createArrayOf("text", instances.toArray()));
    statement.setArray(first + 2, connection.createArrayOf("text", kinds.toArray()));
    statement.setArray(first + 3, connection.createArrayOf("bytea", names.toArray(byte[][]::new)));
    statement.setArray(first + 4, connection.createArrayOf("bytea", values.toArray(byte[][]::new)));
  }

  void write(DSLContext dsl) {
    if (!tenants.isEmpty()) {
      var _ =
          dsl.connectionResult(connection -> {
            try (var statement = connection.prepareStatement(UPSERT)) {
              bind(connection, statement, 1);
              return statement.executeUpdate();
            }
          });
    }
  }
}
