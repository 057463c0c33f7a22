package dev.switchboard.event;

import java.util.Collection;
import java.util.List;

/**
 * The events that were stored in the transactions that made them true, until they are in the log.
 * Every method throws STORAGE_UNAVAILABLE when storage is away.
 */
public interface EventOutbox {
  /**
   * The committed events with a greater id, by id. One with a smaller id may be committed later.
   */
  List<WaitingEvent> after(long id, int limit);

  /** Forgets events that are in the log; durable when it returns. Ids that are gone do no harm. */
  void delete(Collection<Long> ids);
}
