package dev.switchboard.journal.chronicle;

import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;

/** How long one file of the journal is written to. Files are deleted as a whole. */
public enum Roll {
  MINUTE,
  FIVE_MINUTES,
  HOUR,
  DAY;

  RollCycle cycle() {
    return switch (this) {
      case MINUTE -> LegacyRollCycles.MINUTELY;
      case FIVE_MINUTES -> RollCycles.FIVE_MINUTELY;
      case HOUR -> RollCycles.FAST_HOURLY;
      case DAY -> RollCycles.FAST_DAILY;
    };
  }
}
