package dev.switchboard.store.database;

import java.util.ArrayList;
import java.util.List;
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

  /** The columns as arrays, to be named in a statement of SQL. */
  public Field<?>[] arrays() {
    return columns.stream()
        .map(column -> DSL.val(column.toArray(String[]::new)))
        .toArray(Field<?>[]::new);
  }
}
