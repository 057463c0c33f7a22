package dev.switchboard.event.reading;

import dev.switchboard.event.Event;
import dev.switchboard.event.EventAudience;
import dev.switchboard.event.log.EventEntry;
import dev.switchboard.event.log.EventLog;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The events for those who read them. Safe for use by many threads. */
public final class Events implements EventAudience {
  private final EventLog log;
  private final EventSource source;
  private final Readers readers;
  private final Times times;
  private final Duration recentKept;
  private final ReentrantLock door = new ReentrantLock();

  /** Whoever opens the log tells {@link #recovered} what is there before anybody reads. */
  public Events(EventLog log, ReadingLimits limits) {
    this.log = log;
    source = new EventSource(log, limits);
    readers = new Readers(limits.readers());
    times = new Times(log);
    recentKept = limits.recentKept();
  }

  /** From where on {@link #recovered} has to be told of events. */
  public long neededFrom() {
    return Segment.begin(source.segments().newestNumber());
  }

  /** An event that was in the log before, by position. */
  public void recovered(EventEntry.Head head) {
    if (head.position() >= neededFrom()) {
      source.segments().add(head.account(), head.position());
    }
  }

  /**
   * Begins to read.
   *
   * @throws GatewayException TOO_MANY_SUBSCRIBERS at the limit
   */
  public Reading open(Selection selection, Start start) {
    Reading reading = new Reading(selection, source, readers::leave, () -> {});
    return open(reading, start, () -> readers.enter(reading));
  }

  /**
   * Begins to read for the gateway itself, beside the limit.
   *
   * @param onNews is run whenever something was written that may be wanted; does not wait
   */
  public Reading open(Selection selection, Start start, Runnable onNews) {
    Reading reading = new Reading(selection, source, readers::leaveUncounted, onNews);
    return open(reading, start, () -> readers.enterUncounted(reading));
  }

  private Reading open(Reading reading, Start start, Runnable enter) {
    door.lock(); // Nobody enters in the middle of a batch: part of it would not be offered.
    try {
      enter.run();
    } finally {
      door.unlock();
    }
    try {
      reading.startAt(position(start));
      return reading;
    } catch (RuntimeException e) {
      reading.close();
      throw e;
    }
  }

  /** The event of an account at a position; empty when the log keeps it no more. */
  public Optional<Event> find(AccountKey account, long position) {
    return source.find(Selection.of(account), position);
  }

  /** Names the log for good: a position means nothing in another one. */
  public String logId() {
    return log.id();
  }

  /** The first position of which nothing is missing. */
  public long first() {
    return log.gone();
  }

  /** The position at which the next event will be told, or before it. */
  public long end() {
    return source.end();
  }

  /** How many events are kept in memory for all readers. */
  public int inMemory() {
    return source.recent().size();
  }

  /** How many readers there are. */
  public int readers() {
    return readers.count();
  }

  /** What was offered is offered before the end moves, and told after: so nobody passes it over. */
  @Override
  public void published(List<Event> events) {
    door.lock();
    try {
      List<Reading> woken = new ArrayList<>();
      for (Event event : events) {
        source.recent().add(event);
        source.segments().add(event.account(), event.position());
        readers.offer(event, woken::add);
      }
      source.endAt(events.getLast().position() + 1);
      woken.forEach(Reading::wake);
    } finally {
      door.unlock();
    }
  }

  /** Lets go of what has been in memory for long enough: who idles is to cost nothing. */
  public void sweep(Instant now) {
    door.lock();
    try {
      source.recent().forgetBefore(now.minus(recentKept));
    } finally {
      door.unlock();
    }
  }

  /** Ends every reading with SHUTTING_DOWN, later ones too. */
  public void shutDown() {
    readers.end();
  }

  /** The position at which somebody begins who starts there. */
  public long position(Start start) {
    return switch (start) {
      case Start.Latest() -> source.end();
      case Start.Earliest() -> log.gone();
      case Start.Since(var time) -> Math.min(times.positionAt(time), source.end());
      case Start.At(long position) -> position;
    };
  }
}
