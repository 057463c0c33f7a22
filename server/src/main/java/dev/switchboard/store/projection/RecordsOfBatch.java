package dev.switchboard.store.projection;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.Positioned;
import dev.switchboard.model.AccountKey;
import dev.switchboard.store.account.RecordTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;

/** The ratchets that were advanced by the attempts of a batch: each record is written once. */
final class RecordsOfBatch {
  private final RecordTable table;

  RecordsOfBatch(RecordTable table) {
    this.table = table;
  }

  void write(DSLContext dsl, List<Positioned> entries, Set<AccountKey> present) {
    var accounts = new HashMap<AccountKey, List<Positioned>>();
    for (var positioned : entries) {
      var changes =
          positioned.entry() instanceof JournalEntry.Attempted attempted
              && !attempted.changes().isEmpty();
      if (changes && present.contains(positioned.entry().account())) {
        accounts
            .computeIfAbsent(positioned.entry().account(), key -> new ArrayList<>())
            .add(positioned);
      }
    }
    if (accounts.isEmpty()) {
      return;
    }
    var positions = table.lock(dsl, accounts.keySet());
    var changes = new HashMap<AccountKey, List<RecordChange>>();
    accounts.forEach((account, attempts) ->
        changes.put(account, after(attempts, positions.getOrDefault(account, -1L))));
    table.write(dsl, changes);
  }

  /** What is at or before the position is in the table, and perhaps newer there, or void. */
  private static List<RecordChange> after(List<Positioned> attempts, long position) {
    Map<RecordKey, RecordChange> last = new LinkedHashMap<>();
    for (var positioned : attempts) {
      if (positioned.position() > position
          && positioned.entry() instanceof JournalEntry.Attempted attempted) {
        attempted.changes().forEach(change -> last.put(change.key(), change));
      }
    }
    return List.copyOf(last.values());
  }
}
