package dev.switchboard.store.projection;

import static dev.switchboard.store.jooq.Tables.JOURNAL_ACCOUNT;
import static dev.switchboard.store.jooq.Tables.JOURNAL_POSITION;
import static dev.switchboard.store.jooq.Tables.JOURNAL_SET_ASIDE;

import java.time.Instant;
import java.util.OptionalLong;
import org.jooq.DSLContext;

/** How far the journal is projected. */
final class PositionRow {
  private PositionRow() {}

  /** Whether something was noted of another journal, or of what lies behind the end of this one. */
  static boolean isAhead(DSLContext dsl, String journal, long end) {
    return dsl.selectFrom(JOURNAL_POSITION)
        .fetchOptional()
        .filter(row -> !row.getJournalId().equals(journal) || row.getNext() > end)
        .isPresent();
  }

  /**
   * The position to go on from, in a journal that is the only one from now on; empty when nothing
   * of it was applied. What was noted of another journal means nothing any more, nor what was noted
   * of positions behind its end: it will give them out again.
   */
  static OptionalLong begin(DSLContext dsl, String journal, long end) {
    var row = dsl.selectFrom(JOURNAL_POSITION).forUpdate().fetchOptional();
    if (row.isPresent() && row.get().getJournalId().equals(journal)) {
      if (row.get().getNext() > end) {
        goBack(dsl, journal, end);
      }
      return OptionalLong.of(Math.min(row.get().getNext(), end));
    }
    dsl.deleteFrom(JOURNAL_POSITION).execute();
    dsl.deleteFrom(JOURNAL_ACCOUNT).execute();
    return OptionalLong.empty();
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
    var row = dsl.selectFrom(JOURNAL_POSITION).forUpdate().fetchOptional();
    if (row.isEmpty()) {
      var _ =
          dsl.insertInto(JOURNAL_POSITION)
              .set(JOURNAL_POSITION.JOURNAL_ID, journal)
              .set(JOURNAL_POSITION.NEXT, Long.MIN_VALUE)
              .execute();
      return Long.MIN_VALUE;
    }
    if (!row.get().getJournalId().equals(journal)) {
      throw new IllegalStateException("this database belongs to another journal by now");
    }
    return row.get().getNext();
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
