package dev.switchboard.store.database;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Why a statement failed, by the codes of PostgreSQL's documentation (appendix A).
 *
 * @param code five characters, or empty when the driver gave none
 * @param timedOut whether the pool or the driver gave up waiting
 */
record SqlState(String code, boolean timedOut) {

  static SqlState of(DataAccessException failure) {
    @Nullable SQLException cause = failure.getCause(SQLException.class);
    return cause == null ? new SqlState("", false) : of(cause);
  }

  static SqlState of(SQLException cause) {
    @Nullable String code = cause.getSQLState();
    return new SqlState(code == null ? "" : code, cause instanceof SQLTransientException);
  }

  /** Serialisation failure or deadlock: nothing was done, and the next try may well succeed. */
  boolean lostRace() {
    return code.equals("40001") || code.equals("40P01");
  }

  /** Whether a commit that failed so had no effect for sure: it was refused or rolled back. */
  boolean undone() {
    return code.startsWith("23") || code.startsWith("40");
  }

  boolean foreignKeyViolated() {
    return code.equals("23503");
  }

  /**
   * The connection is gone (08), resources are spent or the disk is full (53), the server is going
   * down or cancelled the statement (57), its own files fail it (58), or it may only read (25006).
   */
  boolean unavailable() {
    return timedOut
        || lostRace()
        || code.startsWith("08")
        || code.startsWith("53")
        || code.startsWith("57")
        || code.startsWith("58")
        || code.equals("25006");
  }
}
