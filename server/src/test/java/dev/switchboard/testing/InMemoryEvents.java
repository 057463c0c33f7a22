package dev.switchboard.testing;

import dev.switchboard.contract.event.ContractEvents;
import dev.switchboard.event.EventBacklog;
import dev.switchboard.event.EventDraft;
import dev.switchboard.event.cursor.Cursors;
import dev.switchboard.event.log.EventLog;
import dev.switchboard.event.log.Recovery;
import dev.switchboard.event.log.Retention;
import dev.switchboard.event.log.Retention.Policy;
import dev.switchboard.event.reading.Events;
import dev.switchboard.event.reading.ReadingLimits;
import dev.switchboard.event.writing.EventWriter;
import dev.switchboard.model.event.Occurrence;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.MasterKey;
import dev.switchboard.store.encryption.Signature;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The way of events from stores in memory to readers: all of it is real but the table and the
 * files.
 */
public final class InMemoryEvents implements Consumer<Occurrence>, AutoCloseable {
  private final InMemoryEventOutbox outbox = new InMemoryEventOutbox();
  private final ContractEvents encoder = new ContractEvents();
  private final InMemoryLog files = new InMemoryLog();
  private final EventLog log = new EventLog(files, new NamedSeal());
  private final InstantSource clock;
  private final Events events;
  private final EventWriter writer;
  private final Cursors cursors;

  public InMemoryEvents(InstantSource clock, ReadingLimits reading) {
    this.clock = clock;
    events = new Events(log, reading);
    cursors = new Cursors(signature()::of, events.logId());
    try {
      Recovery recovery = Recovery.of(log, events.neededFrom(), events::recovered);
      writer = EventWriter.open(log, outbox, events, recovery, EventBench.WRITING, clock);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public Events events() {
    return events;
  }

  public EventBacklog backlog() {
    return writer;
  }

  public Cursors cursors() {
    return cursors;
  }

  /** Something happened, as far as its store is concerned: the transaction is committed. */
  @Override
  public synchronized void accept(Occurrence occurrence) {
    Instant now = clock.instant();
    byte[] content = encoder.encode(UUID.randomUUID(), occurrence, now);
    EventDraft draft =
        new EventDraft(
            occurrence.account(), occurrence.payload().kind(), occurrence.atOr(now), content);
    writer.committed(outbox.stored(List.of(draft)));
  }

  /**
   * Deletes what has been told. A last event is told of meanwhile, since the file that is written
   * to stays.
   */
  public void retire(Occurrence last) throws InterruptedException {
    Eventually.until("everything was told", () -> outbox.size() == 0);
    long end = events.end();
    files.nextFile();
    accept(last);
    var retention = new Retention(log, new Policy(Duration.ZERO, 0), writer::needed, clock);
    Eventually.until(
        "everything before is gone",
        () -> {
          retention.sweep();
          return events.first() >= end;
        });
  }

  private static Signature signature() {
    return new Signature(new Encryption(MasterKey.random(new SecureRandom())), "event cursors");
  }

  @Override
  public void close() {
    events.shutDown();
    writer.close();
  }
}
