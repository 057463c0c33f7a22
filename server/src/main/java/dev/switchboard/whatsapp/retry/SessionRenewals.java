package dev.switchboard.whatsapp.retry;

import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.whatsapp.signal.SignalAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * When the session with a device was last thrown away because messages kept failing: not more often
 * than once in a while, as independent clients do (an hour; read in public sources), since each
 * time costs the device a prekey and what is still on its way.
 */
final class SessionRenewals {
  private static final String SESSION = "session";

  private final DurableCounts counts;
  private final Duration interval;
  private final InstantSource clock;

  SessionRenewals(AccountRecords records, RetryLimits limits, InstantSource clock) {
    this.counts =
        new DurableCounts(records, RecordKind.SESSION_RENEWAL, limits.remembered(), clock);
    this.interval = limits.renewal();
    this.clock = clock;
  }

  boolean isDue(SignalAddress device) {
    return counts
        .last(device, SESSION)
        .map(last -> !last.plus(interval).isAfter(clock.instant()))
        .orElse(true);
  }

  /** The changes that note that it happens now. */
  List<RecordChange> note(SignalAddress device) {
    return counts.increment(device, SESSION);
  }
}
