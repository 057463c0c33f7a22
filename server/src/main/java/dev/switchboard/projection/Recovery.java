package dev.switchboard.projection;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.Positioned;
import dev.switchboard.model.AccountKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the records pending, after a start, that the journal has and storage does not. */
final class Recovery {
  private static final int AT_ONCE = 1_000;

  private final Journal journal;
  private final ProjectionStore store;
  private final PendingRecords pending;

  /** How far the records of each account are in storage already, by a transaction of its own. */
  private final Map<AccountKey, Long> positions = new HashMap<>();

  Recovery(Journal journal, ProjectionStore store, PendingRecords pending) {
    this.journal = journal;
    this.store = store;
    this.pending = pending;
  }

  /** How many entries there are from this position on. */
  long run(long next) throws InterruptedException {
    var count = 0L;
    try (var tail = journal.tail(next)) {
      var entries = tail.next(AT_ONCE, Duration.ZERO);
      while (!entries.isEmpty()) {
        add(entries);
        count += entries.size();
        entries = tail.next(AT_ONCE, Duration.ZERO);
      }
    }
    return count;
  }

  private void add(List<Positioned> entries) {
    var unknown =
        entries.stream()
            .map(Positioned::entry)
            .filter(entry -> entry instanceof JournalEntry.Attempted)
            .map(JournalEntry::account)
            .filter(account -> !positions.containsKey(account))
            .collect(Collectors.toSet());
    if (!unknown.isEmpty()) {
      unknown.forEach(
          account -> positions.put(account, Long.MAX_VALUE)); // Not there: nothing counts.
      positions.putAll(store.recordPositions(unknown));
    }
    for (var positioned : entries) {
      if (positioned.entry() instanceof JournalEntry.Attempted attempted
          && positioned.position() > positions.getOrDefault(attempted.account(), Long.MAX_VALUE)) {
        pending.add(attempted.account(), positioned.position(), attempted.changes());
      }
    }
  }
}
