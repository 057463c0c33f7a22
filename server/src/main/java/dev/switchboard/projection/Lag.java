package dev.switchboard.projection;

import dev.switchboard.journal.Journal;
import java.util.concurrent.atomic.AtomicLong;

/** How many entries of the journal are not in storage yet. */
final class Lag {
  private final Journal journal;
  private final AtomicLong applied = new AtomicLong();
  private volatile long before;

  Lag(Journal journal) {
    this.journal = journal;
  }

  /**
   * @param left how many entries of earlier runs are left
   */
  void begin(long left) {
    before = left - journal.appended();
  }

  void applied(int entries) {
    applied.addAndGet(entries);
  }

  /** How many there are now: cheap enough for every call. */
  long entries() {
    return Math.max(0, before + journal.appended() - applied.get());
  }
}
