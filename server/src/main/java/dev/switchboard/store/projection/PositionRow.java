package dev.switchboard.store.projection;

import static dev.switchboard.store.jooq.Tables.JOURNAL_POSITION;

import dev.switchboard.store.jooq.Tables;
import java.time.Instant;
import java.util.OptionalLong;
import org.jooq.DSLContext;

/** How far the journal is projected. */
final class PositionRow {
  private PositionRow() {}

  /**
   * The position to go on from, in a journal that is the only one from now on; empty when nothing
   * of it was applied. What was noted of another journal means nothing any more.
   */
  static OptionalLong begin(DSLContext dsl, String journal) {
    var row = dsl.selectFrom(JOURNAL_POSITION).forUpdate().fetchOptional();
    if (row.isPresent() && row.get().getJournalId().equals(journal)) {
      return OptionalLong.of(row.get().getNext());
    }
    dsl.deleteFrom(JOURNAL_POSITION).execute();
    dsl.deleteFrom(Tables.JOURNAL_ACCOUNT).execute();
    return OptionalLong.empty();
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
    dsl.insertInto(Tables.JOURNAL_SET_ASIDE)
        .set(Tables.JOURNAL_SET_ASIDE.JOURNAL_ID, journal)
        .set(Tables.JOURNAL_SET_ASIDE.POSITION, position)
        .set(Tables.JOURNAL_SET_ASIDE.ERROR_ID, error)
        .set(Tables.JOURNAL_SET_ASIDE.AT, at)
        .execute();
  }

  static void advance(DSLContext dsl, long next) {
    dsl.update(JOURNAL_POSITION).set(JOURNAL_POSITION.NEXT, next).execute();
  }
}
