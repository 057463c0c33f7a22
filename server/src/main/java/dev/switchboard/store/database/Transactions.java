package dev.switchboard.store.database;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConnectionProvider;

/**
 * Runs units of work. What fails because storage is away, overloaded or too slow is told as
 * STORAGE_UNAVAILABLE; what lost a race against another transaction is tried again.
 */
public final class Transactions {
  private static final int ATTEMPTS = 4;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final DataSource source;
  private final DSLContext dsl;

  Transactions(DataSource source) {
    this.source = source;
    this.dsl = DSL.using(source, SQLDialect.POSTGRES);
  }

  /** Runs work that only reads, each of its statements for itself. */
  public <T> T read(Function<DSLContext, T> work) {
    try {
      return work.apply(dsl);
    } catch (DataAccessException e) {
      throw translate(e);
    }
  }

  /** Runs the work in one transaction; it is durable when this returns, and undone if it throws. */
  public <T> T write(Function<DSLContext, T> work) {
    for (var attempt = 1; ; attempt++) {
      try {
        return once(work);
      } catch (DataAccessException e) {
        if (attempt == ATTEMPTS || !SqlState.of(e).lostRace()) {
          throw translate(e);
        }
      }
    }
  }

  /** As {@link #write}, for work without a result. */
  public void run(Consumer<DSLContext> work) {
    var _ =
        write(dsl -> {
          work.accept(dsl);
          return true;
        });
  }

  /**
   * Has the end of a transaction told, after it, to who works in it: true when it took effect,
   * false when nobody knows. What was undone for sure is not told.
   */
  public static void onEnd(DSLContext dsl, Consumer<Boolean> listener) {
    listeners(dsl).add(listener);
  }

  private static List<Consumer<Boolean>> listeners(DSLContext dsl) {
    return ((Listeners)
            dsl.configuration().data().computeIfAbsent(Listeners.class, key -> new Listeners()))
        .all;
  }

  private static final class Listeners {
    private final List<Consumer<Boolean>> all = new ArrayList<>();
  }

  /** Not by jOOQ's own transactions: they ask the server for its isolation level every time. */
  private <T> T once(Function<DSLContext, T> work) {
    try (var connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        // By a provider: the shorter ways make javac look for annotations that jOOQ leaves out.
        var unit = DSL.using(new DefaultConnectionProvider(connection), SQLDialect.POSTGRES);
        var result = work.apply(unit);
        commit(connection, listeners(unit));
        return result;
      } catch (Throwable e) {
        rollBack(connection, e);
        throw e;
      }
    } catch (SQLException e) {
      throw new DataAccessException("transaction", e);
    }
  }

  private static void commit(Connection connection, List<Consumer<Boolean>> listeners)
      throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (!SqlState.of(e).undone()) {
        listeners.forEach(listener -> listener.accept(false));
      }
      throw e;
    }
    listeners.forEach(listener -> listener.accept(true));
  }

  private static void rollBack(Connection connection, Throwable reason) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  private static RuntimeException translate(DataAccessException e) {
    var state = SqlState.of(e);
    if (state.foreignKeyViolated()) {
      return new GatewayException(Reason.INSTANCE_NOT_FOUND, "the instance was deleted", e);
    }
    return state.unavailable()
        ? GatewayException.retryable(
            Reason.STORAGE_UNAVAILABLE, "the database does not answer", RETRY_AFTER, e)
        : e;
  }
}
