package dev.switchboard.event.writing;

import dev.switchboard.event.Event;
import dev.switchboard.event.EventDraft;
import dev.switchboard.event.WaitingEvent;
import dev.switchboard.event.log.EventLog;
import dev.switchboard.event.log.Standings;
import dev.switchboard.model.AccountKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Events that are written together, with their sequences. */
final class Batch {
  private final List<WaitingEvent> waiting;
  private final List<Event> events = new ArrayList<>();

  Batch(List<WaitingEvent> waiting, Standings standings, Instant now) {
    this.waiting = waiting;
    Map<AccountKey, Long> sequences = new HashMap<>();
    for (WaitingEvent event : waiting) {
      EventDraft draft = event.draft();
      long sequence = 1 + sequences.computeIfAbsent(draft.account(), standings::sequence);
      sequences.put(draft.account(), sequence);
      events.add(new Event(draft.account(), sequence, -1, draft.kind(), now, draft.content()));
    }
  }

  List<byte[]> encoded(EventLog log) {
    List<byte[]> entries = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      entries.add(log.encode(events.get(i), waiting.get(i).id()));
    }
    return entries;
  }

  /** The events where they lie. */
  List<Event> placed(long[] positions) {
    List<Event> placed = new ArrayList<>(positions.length);
    for (int i = 0; i < positions.length; i++) {
      Event event = events.get(i);
      placed.add(
          new Event(
              event.account(),
              event.sequence(),
              positions[i],
              event.kind(),
              event.recordedAt(),
              event.content()));
    }
    return placed;
  }
}
