package dev.switchboard.store.database;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Rows of texts that go to the server as one array a column, so that one statement serves many
 * rows; the statement gives the columns their types.
 */
public final class Texts {
  private final List<List<@Nullable String>> columns = new ArrayList<>();

  public Texts(int columns) {
    for (var column = 0; column < columns; column++) {
      this.columns.add(new ArrayList<>());
    }
  }

  /** Adds a row: a text, or what its {@code toString} says, for each column; null for none. */
  public void add(@Nullable Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException("a row has " + columns.size() + " columns");
    }
    for (var column = 0; column < values.length; column++) {
      var value = values[column];
      columns.get(column).add(value == null ? null : value.toString());
    }
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  public int size() {
    return columns.getFirst().size();
  }

  /** A table of these rows, for a statement's FROM; {@code k(a, b)} names it and its columns. */
  public Table<?> as(String names) {
    return DSL.table("unnest({0}) as " + names, DSL.list(arrays()));
  }

  /**
   * Runs a statement that knows these rows as <code>{0}</code>, with one more column of bytes. By
   * the driver itself: jOOQ writes arrays as text, and bytes at twice their length.
   *
   * @param bytes of each row
   * @return how many rows of the database it concerned
   */
  public int execute(DSLContext dsl, String statement, byte[][] bytes) {
    var parameters = String.join(", ", Collections.nCopies(columns.size() + 1, "?"));
    return dsl.connectionResult(connection -> {
      try (var prepared = connection.prepareStatement(statement.replace("{0}", parameters))) {
        var next = 1;
        for (var column : columns) {
          prepared.setArray(next++, connection.createArrayOf("text", column.toArray()));
        }
        prepared.setArray(next, connection.createArrayOf("bytea", bytes));
        return prepared.executeUpdate();
      }
    });
  }

  /** The columns as arrays, to be named in a statement of SQL. */
  public Field<?>[] arrays() {
    return columns.stream()
        .map(column -> DSL.val(column.toArray(String[]::new)))
        .toArray(Field<?>[]::new);
  }
}
