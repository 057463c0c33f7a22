package dev.switchboard.event.writing;

import dev.switchboard.event.Event;
import dev.switchboard.event.EventAudience;
import dev.switchboard.event.EventBacklog;
import dev.switchboard.event.EventOutbox;
import dev.switchboard.event.EventSink;
import dev.switchboard.event.WaitingEvent;
import dev.switchboard.event.log.Checkpoints;
import dev.switchboard.event.log.EventLog;
import dev.switchboard.event.log.Recovery;
import dev.switchboard.event.log.Standings;
import dev.switchboard.thread.Threads;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events to the log, each once, and tells them when they are durable there.
 *
 * <p>Usually an event is handed over after its transaction. When it is not known whether it is one
 * that was found in storage before, storage is looked at: what is there and not among those that
 * were written and may wait still is new. This is exact: an event leaves that set only after it was
 * deleted and before storage is looked at again. What is handed over with an id as small as one
 * that was found by looking may have been found too, so it is looked for instead of written.
 */
public final class EventWriter implements EventSink, EventBacklog, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);
  private static final int BATCH = 1_000;
  private static final long BATCH_BYTES = 4L << 20;

  /** Rows are read whole, and each may be large. */
  private static final int FOUND_AT_ONCE = 250;

  /** How often to look whether there is something to do beside writing. */
  private static final Duration ROUND = Duration.ofSeconds(1);

  private static final Duration CLEANING_DELAY = Duration.ofMillis(20);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final EventLog log;
  private final EventOutbox outbox;
  private final EventAudience audience;
  private final InstantSource clock;
  private final WritingLimits limits;
  private final Arrivals arrivals;
  private final Cleaner cleaner;
  private final Standings standings;
  private final Checkpoints checkpoints;
  private final Thread thread;
  private final Thread cleaning;
  private long greatestFound;
  private boolean troubled;

  private EventWriter(
      EventLog log,
      EventOutbox outbox,
      EventAudience audience,
      Recovery recovery,
      WritingLimits limits,
      InstantSource clock) {
    this.log = log;
    this.outbox = outbox;
    this.audience = audience;
    this.clock = clock;
    this.limits = limits;
    standings = recovery.standings();
    checkpoints = new Checkpoints(log, limits.checkpointInterval(), recovery.checkpoint());
    arrivals = new Arrivals(limits.mostWaiting(), limits.mostWaitingBytes());
    cleaner = new Cleaner(outbox, limits.retryDelay());
    thread = Thread.ofPlatform().name("event-writer").unstarted(this::run);
    cleaning = Thread.ofVirtual().name("event-cleaner").unstarted(cleaner);
  }

  /**
   * Writes what waits in storage, then begins. When this returns, everything is in the log that was
   * committed before; or it will be before anything else, when storage or the log took nothing.
   */
  public static EventWriter open(
      EventLog log,
      EventOutbox outbox,
      EventAudience audience,
      Recovery recovery,
      WritingLimits limits,
      InstantSource clock)
      throws InterruptedException {
    EventWriter writer = new EventWriter(log, outbox, audience, recovery, limits, clock);
    try {
      writer.look();
    } catch (RuntimeException e) {
      LOG.warn("Events of before the start cannot be written yet", e);
      writer.inDoubt();
    }
    writer.cleaning.start();
    writer.thread.start();
    return writer;
  }

  @Override
  public void committed(List<WaitingEvent> events) {
    if (!events.isEmpty()) {
      arrivals.add(events);
    }
  }

  @Override
  public void inDoubt() {
    arrivals.doubt();
  }

  @Override
  public boolean awaitTold(Duration atMost) throws InterruptedException {
    return arrivals.awaitSettled(atMost);
  }

  /** How many events wait in memory. */
  public int waiting() {
    return arrivals.size();
  }

  /** The first position that a start needs. */
  public long needed() {
    return checkpoints.last();
  }

  /** Writes what was handed over, if the log takes it; the rest waits in storage. */
  @Override
  public void close() {
    arrivals.close();
    Threads.end(thread, CLOSE_LIMIT);
    cleaner.close();
    Threads.end(cleaning, CLOSE_LIMIT);
  }

  private void run() {
    try {
      while (true) {
        standings.deleted(cleaner.deleted());
        if (standings.undeleted() >= limits.mostUndeleted() && !arrivals.isClosed()) {
          TimeUnit.NANOSECONDS.sleep(CLEANING_DELAY.toNanos());
          continue;
        }
        Arrivals.Work work = arrivals.take(BATCH, BATCH_BYTES, ROUND);
        if (work.isEmpty() && arrivals.isClosed()) {
          return;
        }
        serve(work);
        arrivals.settled(work);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // What was not written waits in storage.
    }
  }

  private void serve(Arrivals.Work work) throws InterruptedException {
    boolean doubt;
    try {
      doubt = settle(work);
    } catch (RuntimeException e) {
      trouble("Events cannot be written; they wait in storage. Trying again", e);
      doubt = true;
    }
    while (doubt && !arrivals.isClosed()) {
      doubt = !looked();
    }
  }

  /** Writes what was handed over, and says whether storage has to be looked at. */
  private boolean settle(Arrivals.Work work) throws InterruptedException {
    List<WaitingEvent> fresh = new ArrayList<>(work.events().size());
    for (WaitingEvent event : work.events()) {
      if (event.id() <= greatestFound) {
        write(fresh);
        return true;
      }
      if (!standings.isTold(event.id())) {
        fresh.add(event);
      }
    }
    write(fresh);
    return work.doubt();
  }

  private boolean looked() throws InterruptedException {
    try {
      look();
      calm();
      return true;
    } catch (RuntimeException e) {
      trouble("Storage cannot be looked at for events; trying again", e);
      return false;
    }
  }

  /**
   * Writes what is in storage and not in the log. Always from the beginning, and what was written
   * is deleted before the next look: so one look sees no event without those before it.
   */
  private void look() throws InterruptedException {
    List<WaitingEvent> found;
    do {
      standings.deleted(cleaner.deleted());
      found = outbox.after(0, FOUND_AT_ONCE);
      if (!found.isEmpty()) {
        greatestFound = Math.max(greatestFound, found.getLast().id());
        write(found.stream().filter(event -> !standings.isTold(event.id())).toList());
        List<Long> ids = found.stream().map(WaitingEvent::id).toList();
        outbox.delete(ids);
        standings.deleted(ids);
      }
    } while (found.size() == FOUND_AT_ONCE);
    standings.allDeleted(); // What was found last was all there was, and is deleted.
  }

  /** Numbers events and appends them, however long that takes. */
  private void write(List<WaitingEvent> waiting) throws InterruptedException {
    if (waiting.isEmpty()) {
      return;
    }
    Batch batch = new Batch(waiting, standings, standings.notBeforeLatest(clock.instant()));
    List<Event> events = batch.placed(append(batch.encoded(log)));
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      standings.told(event.account(), event.sequence(), waiting.get(i).id(), event.recordedAt());
      checkpoints.appended(event.position());
    }
    audience.published(events);
    cleaner.add(waiting.stream().map(WaitingEvent::id).toList());
    checkpoint();
  }

  private long[] append(List<byte[]> entries) throws InterruptedException {
    while (true) {
      try {
        long[] positions = log.append(entries);
        calm();
        return positions;
      } catch (RuntimeException e) {
        if (!Thread.currentThread().equals(thread)) {
          throw e; // The start does not wait for it.
        }
        trouble("Events cannot be written; they wait in storage. Trying again", e);
      }
    }
  }

  private void checkpoint() throws InterruptedException {
    if (checkpoints.due()) {
      Instant now = standings.notBeforeLatest(clock.instant());
      try {
        checkpoints.append(standings, now);
      } catch (RuntimeException e) {
        LOG.warn("No checkpoint can be written to the log of events; trying again", e);
      }
    }
  }

  private void trouble(String what, RuntimeException e) throws InterruptedException {
    if (!troubled) {
      LOG.warn(what, e);
      troubled = true;
    }
    if (arrivals.isClosed()) {
      throw new InterruptedException("the server ends");
    }
    TimeUnit.NANOSECONDS.sleep(limits.retryDelay().toNanos());
  }

  private void calm() {
    if (troubled) {
      LOG.info("Events are written again");
      troubled = false;
    }
  }
}
