package dev.switchboard.event.assembly;

import dev.switchboard.event.EventBacklog;
import dev.switchboard.event.EventOutbox;
import dev.switchboard.event.EventSink;
import dev.switchboard.event.LowWaterMark;
import dev.switchboard.event.log.EventLog;
import dev.switchboard.event.log.Recovery;
import dev.switchboard.event.log.Retention;
import dev.switchboard.event.reading.Events;
import dev.switchboard.event.writing.EventWriter;
import dev.switchboard.journal.Seal;
import dev.switchboard.journal.log.ByteLog;
import dev.switchboard.thread.Threads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events of a server: from the transactions that make them to those who read them. */
public final class Telling implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Telling.class);
  private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(30);

  /** How long a statement may take that the end met. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final EventLog log;
  private final Events events;
  private final EventWriter writer;
  private final Retention retention;
  private final InstantSource clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread sweeping;

  private Telling(
      EventLog log, Events events, EventWriter writer, Retention retention, InstantSource clock) {
    this.log = log;
    this.events = events;
    this.writer = writer;
    this.retention = retention;
    this.clock = clock;
    sweeping = Thread.ofVirtual().name("event-sweeper").start(this::sweep);
  }

  /**
   * Reads what the log holds and writes what waits in storage, then takes new events. The log is
   * closed with it.
   */
  public static Telling open(
      ByteLog files, Seal seal, EventOutbox outbox, TellingConfig config, InstantSource clock)
      throws InterruptedException {
    EventLog log = new EventLog(files, seal);
    try {
      Events events = new Events(log, config.reading());
      Recovery recovery = Recovery.of(log, events.neededFrom(), events::recovered);
      EventWriter writer = EventWriter.open(log, outbox, events, recovery, config.writing(), clock);
      Retention retention = new Retention(log, config.retention(), writer::needed, clock);
      return new Telling(log, events, writer, retention, clock);
    } catch (RuntimeException | InterruptedException e) {
      log.close();
      throw e;
    }
  }

  /** For those who make events. */
  public EventSink sink() {
    return writer;
  }

  /** What has happened and is not in the log yet. */
  public EventBacklog backlog() {
    return writer;
  }

  /** For those who read them. */
  public Events events() {
    return events;
  }

  /** Whether events are written at the moment; otherwise they wait in storage. */
  public boolean writable() {
    return log.writable();
  }

  /** Has somebody asked before old events are deleted. */
  public void ask(LowWaterMark mark) {
    retention.ask(mark);
  }

  /** Ends the readers, writes what was handed over, then closes the log. */
  @Override
  public void close() {
    events.shutDown();
    closing.countDown();
    writer.close();
    Threads.end(sweeping, CLOSE_LIMIT);
    log.close();
  }

  private void sweep() {
    try {
      while (!closing.await(SWEEP_INTERVAL.toNanos(), TimeUnit.NANOSECONDS)) {
        sweepOnce();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The server ends.
    }
  }

  private void sweepOnce() {
    events.sweep(clock.instant());
    try {
      retention.sweep();
    } catch (RuntimeException e) {
      LOG.warn("Old events could not be deleted; trying again", e);
    }
  }
}
