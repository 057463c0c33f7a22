package dev.switchboard.store.projection;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.Positioned;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.event.Occurrence;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.projection.PendingRecords;
import dev.switchboard.projection.ProjectionStore;
import dev.switchboard.store.account.RecordTable;
import dev.switchboard.store.contact.ChatsOfBatch;
import dev.switchboard.store.contact.PeopleLock;
import dev.switchboard.store.database.Transactions;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.event.EventRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/**
 * Projects to PostgreSQL, a batch in one transaction with the position behind it. Locks are taken
 * in this order: the position (one batch at a time), the people of all accounts of the batch
 * (shared, so that no chat is merged away meanwhile; owned where a chat is to be made), messages,
 * the accounts' rows in {@code journal_account}, records. Direct transactions hold one account only
 * and take its people before its chats, these before {@code journal_account} and records; where
 * they touch a message's row afterwards (a merge, an arrival) the shared people or the message's
 * direction keep them apart.
 */
public final class PostgresProjectionStore implements ProjectionStore {
  private static final int ATTEMPTS = 4;

  private static final int WAITING_AT_ONCE = 10_000;

  /** Of an entry that stands in no journal. */
  private static final long NOWHERE = -1;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Transactions transactions;
  private final ChatsOfBatch chats;
  private final MessageReader reader;
  private final MessageWriter writer;
  private final RecordTable table;
  private final RecordsOfBatch records;
  private final RequestRows requests = new RequestRows();
  private final EventRows events;

  public PostgresProjectionStore(
      Transactions transactions, Encryption encryption, PendingRecords pending, EventRows events) {
    this.transactions = transactions;
    this.table = new RecordTable(encryption, pending);
    this.chats = new ChatsOfBatch(encryption);
    this.reader = new MessageReader(encryption);
    this.writer = new MessageWriter(encryption);
    this.records = new RecordsOfBatch(table);
    this.events = events;
  }

  /** Whether another journal than this one is projected to that database. */
  public static boolean belongsToAnother(Transactions transactions, String journal) {
    return transactions.read(dsl -> PositionRow.belongsToAnother(dsl, journal));
  }

  @Override
  public boolean isAhead(String journal, long end) {
    return transactions.read(dsl -> PositionRow.isAhead(dsl, journal, end));
  }

  @Override
  public Map<AccountKey, Set<MessageId>> waiting() {
    return WaitingMessages.read(transactions, WAITING_AT_ONCE);
  }

  @Override
  public void fail(List<JournalEntry.Failed> entries) {
    var positioned = entries.stream().map(entry -> new Positioned(NOWHERE, entry)).toList();
    var _ = retried(() -> transactions.write(dsl -> project(dsl, positioned)));
  }

  @Override
  public OptionalLong begin(String journal, long end) {
    return transactions.write(dsl -> PositionRow.begin(dsl, journal, end));
  }

  @Override
  public List<Message> apply(String journal, List<Positioned> entries, long next) {
    return retried(() -> transactions.write(dsl -> apply(dsl, journal, entries, next)));
  }

  @Override
  public void setAside(String journal, Positioned entry, long next, String error, Instant at) {
    transactions.run(dsl -> {
      if (PositionRow.lock(dsl, journal) < next) {
        PositionRow.setAside(dsl, journal, entry.position(), error, at);
        var known = AccountRows.read(dsl, accounts(List.of(entry)));
        records.write(dsl, List.of(entry), known.present());
        PositionRow.advance(dsl, next);
      }
    });
  }

  @Override
  public Map<AccountKey, Long> recordPositions(Set<AccountKey> accounts) {
    return transactions.write(dsl -> {
      var present = AccountRows.read(dsl, accounts).present();
      return present.isEmpty() ? Map.of() : table.lock(dsl, present);
    });
  }

  private List<Message> apply(DSLContext dsl, String journal, List<Positioned> entries, long next) {
    var from = PositionRow.lock(dsl, journal);
    var left = entries.stream().filter(entry -> entry.position() >= from).toList();
    if (next <= from) {
      return List.of();
    }
    var moved = left.isEmpty() ? List.<Message>of() : project(dsl, left);
    PositionRow.advance(dsl, next);
    return moved;
  }

  private List<Message> project(DSLContext dsl, List<Positioned> entries) {
    var accounts = accounts(entries);
    PeopleLock.share(dsl, accounts);
    var known = AccountRows.read(dsl, accounts);
    var batch =
        Batch.of(
            entries.stream()
                .map(Positioned::entry)
                .filter(entry -> known.present().contains(entry.account()))
                .toList());
    var happened = new ArrayList<Occurrence>();
    var chatsOfBatch = chats.resolve(dsl, batch.people(), happened::add);
    var states = reader.read(dsl, batch.messages(), batch.emptied());
    var fold = new Fold(states, chatsOfBatch, known.unlinked(), happened);
    batch.entries().forEach(fold::apply);
    writer.write(dsl, states);
    requests.write(dsl, batch.accepted());
    AccountRows.write(dsl, fold.relinked());
    records.write(dsl, entries, known.present());
    events.add(dsl, happened);
    return fold.moved();
  }

  private static Set<AccountKey> accounts(List<Positioned> entries) {
    return entries.stream().map(entry -> entry.entry().account()).collect(Collectors.toSet());
  }

  private static <T> T retried(Supplier<T> work) {
    for (var attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (LostRaceException e) {
        if (attempt == ATTEMPTS) {
          throw GatewayException.retryable(
              Reason.STORAGE_UNAVAILABLE, "the database is too busy", RETRY_AFTER, e);
        }
      } catch (GatewayException e) {
        // An instance was deleted meanwhile: next time it is not there.
        if (attempt == ATTEMPTS || e.reason() != Reason.INSTANCE_NOT_FOUND) {
          throw e;
        }
      }
    }
  }
}
