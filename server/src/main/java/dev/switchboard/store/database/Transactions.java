package dev.switchboard.store.database;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * Runs units of work. What fails because storage is away, overloaded or too slow is told as
 * STORAGE_UNAVAILABLE; what lost a race against another transaction is tried again.
 */
public final class Transactions {
  private static final int ATTEMPTS = 4;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final DSLContext dsl;

  Transactions(DataSource source) {
    this.dsl = DSL.using(source, SQLDialect.POSTGRES);
  }

  /** Runs one statement that reads, without a transaction around it. */
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
        return dsl.transactionResult(configuration -> work.apply(configuration.dsl()));
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
