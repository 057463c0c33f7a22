package dev.switchboard.store.event;

import dev.switchboard.event.EventDraft;
import dev.switchboard.event.EventSink;
import dev.switchboard.event.WaitingEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jooq.DSLContext;

/**
 * An event that goes to the server as part of the statement that finds out whether it happens.
 * Where it does not, nothing is left of it.
 */
public final class ConditionalEvent {
  private final EventInsert insert;
  private final EventDraft draft;
  private final EventSink sink;

  ConditionalEvent(EventInsert insert, EventDraft draft, EventSink sink) {
    this.insert = insert;
    this.draft = draft;
    this.sink = sink;
  }

  /** The end of the statement: names the row's id if the condition holds. */
  public static String sqlIf(String condition) {
    return EventInsert.sqlIf(condition);
  }

  /** Binds the parameters of that end, the first of which has this number. */
  public void bind(Connection connection, PreparedStatement statement, int first)
      throws SQLException {
    insert.bind(connection, statement, first);
  }

  /** The row is there: the event is handed over when the transaction has ended. */
  public void inserted(DSLContext dsl, long id) {
    EventRows.handOver(dsl, List.of(new WaitingEvent(id, draft)), sink);
  }
}
