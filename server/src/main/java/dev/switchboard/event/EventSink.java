package dev.switchboard.event;

import java.util.List;

/** Is told of events by whoever stored them. Never waits and never fails. */
public interface EventSink {
  /**
   * Events whose transaction was committed, in the order in which they happened. Transactions that
   * change the same account one after the other hand theirs over in this order too, or the order of
   * ids is told.
   */
  void committed(List<WaitingEvent> events);

  /** A transaction with events may have been committed, or not: storage has to be looked at. */
  void inDoubt();
}
