package dev.switchboard.event.reading;

import dev.switchboard.event.log.EventEntry;
import dev.switchboard.event.log.EventLog;
import dev.switchboard.journal.log.LogFile;
import java.time.Instant;
import java.util.List;

/** Finds positions by time: the file by what is known of it, the place in it by halving. */
final class Times {
  private final EventLog log;

  Times(EventLog log) {
    this.log = log;
  }

  /** The first position at which something was recorded at a time or later. */
  long positionAt(Instant time) {
    List<LogFile> files = log.files();
    long low = log.gone();
    long high = log.end();
    for (LogFile file : files) {
      if (file.from().isAfter(time)) {
        high = file.begin();
        break;
      }
      low = file.begin();
    }
    return first(Math.max(low, log.gone()), log.lastBefore(high) + 1, time);
  }

  private long first(long from, long end, Instant time) {
    long low = from;
    long high = end;
    while (low < high) {
      long middle = (low + high) >>> 1;
      boolean earlier =
          log.entry(middle).map(EventEntry::recordedAt).map(time::isAfter).orElse(false);
      if (earlier) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
