package dev.switchboard.testing;

import dev.switchboard.event.EventDraft;
import dev.switchboard.event.EventOutbox;
import dev.switchboard.event.WaitingEvent;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** A table of waiting events: ids are given before the commit, so a smaller one may come later. */
public final class InMemoryEventOutbox implements EventOutbox {
  private final TreeMap<Long, EventDraft> rows = new TreeMap<>();
  private long lastId;
  private boolean away;
  private int looks;

  /** The id that a transaction gives an event before it is committed. */
  public synchronized long nextId() {
    return ++lastId;
  }

  /** A transaction is committed. */
  public synchronized void commit(List<WaitingEvent> events) {
    events.forEach(event -> rows.put(event.id(), event.draft()));
  }

  /** One transaction for each of these, committed. */
  public synchronized List<WaitingEvent> stored(List<EventDraft> drafts) {
    List<WaitingEvent> events = new ArrayList<>();
    drafts.forEach(draft -> events.add(new WaitingEvent(nextId(), draft)));
    commit(events);
    return events;
  }

  public synchronized void away(boolean isAway) {
    away = isAway;
  }

  public synchronized int size() {
    return rows.size();
  }

  /** How often it was looked into. */
  public synchronized int looks() {
    return looks;
  }

  @Override
  public synchronized List<WaitingEvent> after(long id, int limit) {
    requirePresence();
    looks++;
    return rows.tailMap(id, false).entrySet().stream()
        .limit(limit)
        .map(row -> new WaitingEvent(row.getKey(), row.getValue()))
        .toList();
  }

  @Override
  public synchronized void delete(Collection<Long> ids) {
    requirePresence();
    ids.forEach(rows::remove);
  }

  private void requirePresence() {
    if (away) {
      throw GatewayException.retryable(
          Reason.STORAGE_UNAVAILABLE, "the database does not answer", Duration.ofSeconds(1), null);
    }
  }
}
