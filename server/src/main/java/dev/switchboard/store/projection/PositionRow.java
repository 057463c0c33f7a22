package dev.switchboard.store.projection;

import static dev.switchboard.store.jooq.Tables.JOURNAL_ACCOUNT;
import static dev.switchboard.store.jooq.Tables.JOURNAL_POSITION;
import static dev.switchboard.store.jooq.Tables.JOURNAL_SET_ASIDE;

import dev.switchboard.store.jooq.tables.records.JournalPositionRecord;
import java.time.Instant;
import java.util.OptionalLong;
import org.jooq.DSLContext;

/** How far the journal is projected. */
final class PositionRow {
  /** Of a journal of which nothing was applied. */
  private static final long NOTHING = Long.MIN_VALUE;

  private PositionRow() {}

  static boolean belongsToAnother(DSLContext dsl, String journal) {
    return dsl.fetchExists(JOURNAL_POSITION, JOURNAL_POSITION.JOURNAL_ID.ne(journal));
  }

  /** Whether it is of another journal, or lies behind the end of this one. */
  static boolean isAhead(DSLContext dsl, String journal, long end) {
    return dsl.fetchExists(
        JOURNAL_POSITION,
        JOURNAL_POSITION.JOURNAL_ID.ne(journal).or(JOURNAL_POSITION.NEXT.gt(end)));
  }

  /**
   * The position to go on from, in a journal that is the only one from now on; empty when nothing
   * of it was applied. What was noted of another journal means nothing any more, nor what was noted
   * of positions behind its end: it will give them out again.
   *
   * @throws IllegalStateException when another journal is begun at the same time
   */
  static OptionalLong begin(DSLContext dsl, String journal, long end) {
    var next = next(dsl, journal);
    if (next.isEmpty()) {
      beginAnew(dsl, journal);
      return next;
    }
    if (next.getAsLong() > end) {
      goBack(dsl, journal, end);
      return OptionalLong.of(end);
    }
    return next.getAsLong() == NOTHING ? OptionalLong.empty() : next;
  }

  private static void beginAnew(DSLContext dsl, String journal) {
    dsl.deleteFrom(JOURNAL_POSITION).execute();
    dsl.deleteFrom(JOURNAL_ACCOUNT).execute();
    var rows =
        dsl.insertInto(JOURNAL_POSITION)
            .set(JOURNAL_POSITION.JOURNAL_ID, journal)
            .set(JOURNAL_POSITION.NEXT, NOTHING)
            .onConflictDoNothing()
            .execute();
    if (rows == 0) {
      throw new IllegalStateException("another server begins with this database");
    }
  }

  private static void goBack(DSLContext dsl, String journal, long end) {
    advance(dsl, end);
    dsl.update(JOURNAL_ACCOUNT)
        .set(JOURNAL_ACCOUNT.RECORDS_POSITION, end - 1)
        .where(JOURNAL_ACCOUNT.RECORDS_POSITION.ge(end))
        .execute();
    dsl.deleteFrom(JOURNAL_SET_ASIDE)
        .where(JOURNAL_SET_ASIDE.JOURNAL_ID.eq(journal), JOURNAL_SET_ASIDE.POSITION.ge(end))
        .execute();
  }

  /**
   * Where to go on, for this transaction alone until it ends.
   *
   * @throws IllegalStateException when another journal was begun since
   */
  static long lock(DSLContext dsl, String journal) {
    return next(dsl, journal)
        .orElseThrow(
            () -> new IllegalStateException("this database belongs to another journal by now"));
  }

  /** Nothing where the row is another journal's, or nobody's. */
  private static OptionalLong next(DSLContext dsl, String journal) {
    return dsl
        .selectFrom(JOURNAL_POSITION)
        .where(JOURNAL_POSITION.JOURNAL_ID.eq(journal))
        .forUpdate()
        .fetch()
        .stream()
        .mapToLong(JournalPositionRecord::getNext)
        .findAny();
  }

  static void setAside(DSLContext dsl, String journal, long position, String error, Instant at) {
    dsl.insertInto(JOURNAL_SET_ASIDE)
        .set(JOURNAL_SET_ASIDE.JOURNAL_ID, journal)
        .set(JOURNAL_SET_ASIDE.POSITION, position)
        .set(JOURNAL_SET_ASIDE.ERROR_ID, error)
        .set(JOURNAL_SET_ASIDE.AT, at)
        .execute();
  }

  static void advance(DSLContext dsl, long next) {
    dsl.update(JOURNAL_POSITION).set(JOURNAL_POSITION.NEXT, next).execute();
  }
}
