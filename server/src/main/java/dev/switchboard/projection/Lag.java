package dev.switchboard.projection;

import dev.switchboard.journal.Journal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How many entries of the journal are not in storage yet. */
final class Lag {
  private static final long FRESH_NANOS = Duration.ofMillis(5).toNanos();

  private final Journal journal;
  private final AtomicLong lookedAt = new AtomicLong(System.nanoTime() - FRESH_NANOS);
  private final AtomicLong applied = new AtomicLong();
  private volatile long before;
  private volatile long seen;

  Lag(Journal journal) {
    this.journal = journal;
  }

  /**
   * @param left how many entries of earlier runs are left
   */
  void begin(long left) {
    before = left - journal.status().appended();
  }

  void applied(int entries) {
    applied.addAndGet(entries);
  }

  /** How many there are now. */
  long entries() {
    return Math.max(0, before + journal.status().appended() - applied.get());
  }

  /** How many there were a moment ago: cheap enough for every call. */
  long recent() {
    var now = System.nanoTime();
    var last = lookedAt.get();
    if (now - last >= FRESH_NANOS && lookedAt.compareAndSet(last, now)) {
      seen = entries();
    }
    return seen;
  }
}
