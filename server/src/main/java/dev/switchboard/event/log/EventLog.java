package dev.switchboard.event.log;

import dev.switchboard.event.Event;
import dev.switchboard.event.EventDraft;
import dev.switchboard.event.log.EventEntry.Kept;
import dev.switchboard.journal.Seal;
import dev.switchboard.journal.log.ByteLog;
import dev.switchboard.journal.log.LogFile;
import dev.switchboard.journal.log.LogTail;
import dev.switchboard.model.GatewayException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events in the files of a log. Safe for use by many threads. */
public final class EventLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

  /** What the longest entry needs: a content, its head, and its seal. */
  public static final int LONGEST_ENTRY = EventDraft.MOST_BYTES + (64 << 10);

  private final ByteLog log;
  private final EventCodec codec;
  private final LongAdder read = new LongAdder();
  private volatile Kept kept;

  public EventLog(ByteLog log, Seal seal) {
    this.log = log;
    this.codec = new EventCodec(seal);
    this.kept = new Kept(log.first(), log.first());
  }

  /** Names this log for good: a position means nothing in another one. */
  public String id() {
    return log.id();
  }

  /** The bytes of an event in the log. */
  public byte[] encode(Event event, long waitingId) {
    return codec.encode(event, waitingId);
  }

  /** Appends what was encoded, in this order, with one flush. */
  public long[] append(List<byte[]> entries) throws InterruptedException {
    return log.append(entries);
  }

  /** Appends a checkpoint and returns where it begins. */
  long append(List<EventEntry.Part> parts, Instant at) throws InterruptedException {
    List<byte[]> entries = new ArrayList<>();
    for (EventEntry.Part part : parts) {
      entries.add(codec.encode(part, at));
    }
    return log.append(entries)[0];
  }

  /** What can be read of an entry without opening it; empty when its file was deleted. */
  public Optional<EventEntry> entry(long position) {
    read.increment();
    return log.read(position, codec::entry);
  }

  /**
   * The event at a position, opened only when its head is wanted; empty when it is not, when it is
   * none, and when its file was deleted.
   *
   * @throws DamagedEventException when it cannot be opened
   */
  public Optional<Event> event(long position, Predicate<EventEntry.Head> wanted) {
    read.increment();
    return log.read(position, (at, buffer, length) -> codec.event(at, buffer, length, wanted))
        .flatMap(event -> event);
  }

  /** Reads everything durable from a position on, without opening it. */
  public LogTail<EventEntry> entries(long from) {
    return log.tail(
        from,
        (position, buffer, length) -> {
          read.increment();
          return codec.entry(position, buffer, length);
        });
  }

  /** How many entries were read so far. */
  public long entriesRead() {
    return read.sum();
  }

  /** A position before which there is nothing. */
  public long first() {
    return log.first();
  }

  /** A position greater than that of every durable entry. */
  public long end() {
    return log.end();
  }

  /** The position of the last entry before a position, or -1. */
  public long lastBefore(long position) {
    return log.lastBefore(position);
  }

  /** The files that there are, in order. */
  public List<LogFile> files() {
    return log.files();
  }

  /** Every event before this position was deleted, or is about to be, and none after it. */
  public long gone() {
    return kept.gone();
  }

  Kept kept() {
    return kept;
  }

  /** What was noted of deletions; that is not enough when more is missing. */
  void remember(Kept noted) {
    kept = noted.first() >= log.first() ? noted : new Kept(log.first(), log.first());
  }

  /**
   * Deletes the files before a position. Readers learn of it first, and so does the log; but for
   * one that takes nothing: space is needed then, and after a start who missed nothing may be told
   * of a gap.
   */
  void release(long before) throws InterruptedException {
    kept = new Kept(before, Math.max(kept.gone(), lastEventBefore(before) + 1));
    try {
      var _ = log.append(List.of(codec.encode(kept, latest())));
    } catch (GatewayException e) {
      LOG.warn("It cannot be noted that old events are deleted: {}", e.getMessage());
    }
    log.release(before);
  }

  private Instant latest() {
    return entry(log.lastBefore(log.end())).map(EventEntry::recordedAt).orElse(Instant.EPOCH);
  }

  /** Nobody misses other entries. */
  private long lastEventBefore(long before) {
    long position = log.lastBefore(before);
    while (position >= 0
        && entry(position).filter(found -> !(found instanceof EventEntry.Head)).isPresent()) {
      position = log.lastBefore(position);
    }
    return position;
  }

  /** Whether it takes entries at the moment. */
  public boolean writable() {
    return log.status().writable();
  }

  @Override
  public void close() {
    log.close();
  }
}
