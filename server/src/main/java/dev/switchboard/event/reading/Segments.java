package dev.switchboard.event.reading;

import dev.switchboard.event.log.EventEntry;
import dev.switchboard.event.log.EventLog;
import dev.switchboard.journal.log.LogTail;
import dev.switchboard.model.AccountKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The segments of the log. That of the newest event is kept as it is written; older ones are made
 * by reading their entries once, by one reader at a time while the others wait for it, and kept as
 * long as there is room.
 */
final class Segments {
  private static final int BATCH = 1_000;

  /** Reading through the log keeps a processor busy; others have work too. */
  private static final int MOST_BUILDERS = 2;

  private final EventLog log;
  private final long mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Segment> kept = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Long, ReentrantLock> builders = new LinkedHashMap<>();
  private final Semaphore building = new Semaphore(MOST_BUILDERS);
  private Segment newest;
  private long bytes;

  /**
   * @param last the last position of the log; the events of its segment are added, and no others of
   *     before
   */
  Segments(EventLog log, long mostBytes, long last) {
    this.log = log;
    this.mostBytes = mostBytes;
    this.newest = new Segment(Segment.of(last));
  }

  /** An event was written, after all others. */
  void add(AccountKey account, long position) {
    lock.lock();
    try {
      long number = Segment.of(position);
      if (newest.number() != number) {
        newest.followedBy(position);
        keep(newest);
        newest = new Segment(number);
      }
      newest.add(account, position);
    } finally {
      lock.unlock();
    }
  }

  long newestNumber() {
    lock.lock();
    try {
      return newest.number();
    } finally {
      lock.unlock();
    }
  }

  /** How many bytes are taken by those that are kept beside the newest. */
  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Where a selection goes on at a position.
   *
   * @param positions what lies in this stretch of what is wanted, in order
   * @param next where the next stretch begins
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed through and never compared.
  record Stretch(long[] positions, long next) {}

  /**
   * The stretch that a position lies in, up to an end.
   *
   * @throws IllegalStateException when its file is being deleted, or the log was closed
   */
  Stretch stretch(Selection selection, long from, long end, int most) throws InterruptedException {
    long number = Segment.of(from);
    Optional<Stretch> known = known(number, selection, from, end, most);
    if (known.isPresent()) {
      return known.get();
    }
    ReentrantLock builder = builder(number);
    builder.lockInterruptibly();
    try {
      Optional<Stretch> built = known(number, selection, from, end, most);
      return built.isPresent() ? built.get() : stretch(build(number), selection, from, end, most);
    } finally {
      builder.unlock();
      forget(number, builder);
    }
  }

  private Optional<Stretch> known(long number, Selection selection, long from, long end, int most) {
    Segment segment;
    lock.lock();
    try {
      if (newest.number() == number) { // It changes under the lock, others do not any more.
        return Optional.of(stretch(newest, selection, from, end, most));
      }
      segment = kept.get(number);
    } finally {
      lock.unlock();
    }
    return Optional.ofNullable(segment).map(it -> stretch(it, selection, from, end, most));
  }

  private static Stretch stretch(
      Segment segment, Selection selection, long from, long end, int most) {
    long[] positions = segment.matching(selection, from, end, most);
    boolean more = positions.length == most;
    return new Stretch(positions, more ? positions[most - 1] + 1 : Math.min(end, segment.next()));
  }

  private ReentrantLock builder(long number) {
    lock.lock();
    try {
      return builders.computeIfAbsent(number, _ -> new ReentrantLock());
    } finally {
      lock.unlock();
    }
  }

  private void forget(long number, ReentrantLock builder) {
    lock.lock();
    try {
      if (!builder.hasQueuedThreads()) {
        builders.remove(number, builder);
      }
    } finally {
      lock.unlock();
    }
  }

  private Segment build(long number) throws InterruptedException {
    building.acquire();
    try {
      Segment segment = built(number);
      keepLocked(segment);
      return segment;
    } finally {
      building.release();
    }
  }

  private Segment built(long number) throws InterruptedException {
    Segment segment = new Segment(number);
    long begin = Segment.begin(number);
    long end = Segment.begin(number + 1);
    boolean over = false;
    try (LogTail<EventEntry> tail = log.entries(begin)) {
      while (!over) {
        List<EventEntry> entries = tail.next(BATCH, Duration.ZERO);
        over = entries.isEmpty();
        for (EventEntry entry : entries) {
          if (entry.position() >= end) {
            segment.followedBy(entry.position());
            over = true;
            break;
          }
          if (entry instanceof EventEntry.Head head) {
            segment.add(head.account(), head.position());
          }
        }
        giveWay();
      }
    }
    return segment;
  }

  private void keepLocked(Segment segment) {
    lock.lock();
    try {
      keep(segment);
    } finally {
      lock.unlock();
    }
  }

  private void keep(Segment segment) {
    kept.put(segment.number(), segment);
    bytes += segment.bytes();
    var oldest = kept.values().iterator();
    while (bytes > mostBytes && oldest.hasNext()) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }

  /** Lets others work in between: a virtual thread that looks through much is not interrupted. */
  @SuppressWarnings("ThreadPriorityCheck") // Nothing is right or wrong by it, only later or sooner.
  static void giveWay() {
    Thread.yield();
  }
}
