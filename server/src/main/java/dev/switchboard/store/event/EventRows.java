package dev.switchboard.store.event;

import dev.switchboard.event.EventDraft;
import dev.switchboard.event.EventEncoder;
import dev.switchboard.event.EventSink;
import dev.switchboard.event.WaitingEvent;
import dev.switchboard.model.event.Occurrence;
import dev.switchboard.store.database.Transactions;
import dev.switchboard.store.encryption.Encryption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Writes what happens as rows, in the transaction that makes it true, and hands the events over
 * when that has ended.
 *
 * <p>The ids of rows ascend in the order in which events are added. So they do over transactions of
 * which one begins after the other has ended, as those on one account's thread and those of the
 * projection. Between transactions at the same time nothing is promised but that each is whole: the
 * one with the greater ids may be committed, and handed over, first.
 */
public final class EventRows {
  private static final EventRows NONE = new EventRows(null);

  private final @Nullable Parts parts;

  private record Parts(
      Encryption encryption,
      EventEncoder encoder,
      EventSink sink,
      InstantSource clock,
      EventIds ids) {}

  private EventRows(@Nullable Parts parts) {
    this.parts = parts;
  }

  public EventRows(
      Encryption encryption,
      EventEncoder encoder,
      EventSink sink,
      InstantSource clock,
      RandomGenerator random) {
    this(new Parts(encryption, encoder, sink, clock, new EventIds(random)));
  }

  /** For a store whose changes nobody is told of. */
  public static EventRows none() {
    return NONE;
  }

  /** Adds one event to the transaction. */
  public void add(DSLContext dsl, Occurrence occurrence) {
    add(dsl, List.of(occurrence));
  }

  /** Adds events to the transaction, in this order, with one statement. */
  public void add(DSLContext dsl, List<Occurrence> occurrences) {
    if (parts == null || occurrences.isEmpty()) {
      return;
    }
    var now = parts.clock().instant();
    var drafts = new ArrayList<EventDraft>(occurrences.size());
    var insert = new EventInsert(occurrences.size());
    for (var occurrence : occurrences) {
      drafts.add(draft(parts, occurrence, now, insert));
    }
    handOver(dsl, waiting(insert.execute(dsl), drafts), parts.sink());
  }

  /** Whether anybody is told. */
  public boolean told() {
    return parts != null;
  }

  /** What happens if a statement of the caller's own finds it to be so; somebody is told. */
  public ConditionalEvent conditional(Occurrence occurrence) {
    var told = Objects.requireNonNull(parts, "nobody is told");
    var insert = new EventInsert(1);
    var draft = draft(told, occurrence, told.clock().instant(), insert);
    return new ConditionalEvent(insert, draft, told.sink());
  }

  private static EventDraft draft(
      Parts parts, Occurrence occurrence, Instant now, EventInsert insert) {
    var id = parts.ids().next(now);
    var kind = occurrence.payload().kind();
    var content = parts.encoder().encode(id, occurrence, now);
    var draft = new EventDraft(occurrence.account(), kind, occurrence.atOr(now), content);
    var place = EventPlace.of(occurrence.account(), kind, id);
    insert.add(id, draft, parts.encryption().seal(content, place));
    return draft;
  }

  private static List<WaitingEvent> waiting(List<Long> ids, List<EventDraft> drafts) {
    var waiting = new ArrayList<WaitingEvent>(drafts.size());
    for (var i = 0; i < drafts.size(); i++) {
      waiting.add(new WaitingEvent(ids.get(i), drafts.get(i)));
    }
    return waiting;
  }

  static void handOver(DSLContext dsl, List<WaitingEvent> events, EventSink sink) {
    Transactions.onEnd(
        dsl,
        durable -> {
          if (durable) {
            sink.committed(events);
          } else {
            sink.inDoubt();
          }
        });
  }
}
