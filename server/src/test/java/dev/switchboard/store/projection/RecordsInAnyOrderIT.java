package dev.switchboard.store.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.projection.ListJournal;
import dev.switchboard.projection.PendingRecords;
import dev.switchboard.projection.ProjectionLimits;
import dev.switchboard.projection.Projector;
import dev.switchboard.projection.RecordCache;
import dev.switchboard.store.Accounts;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.TakenEvents;
import dev.switchboard.store.account.PostgresInstanceStore;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.TroubledTransactions;
import dev.switchboard.store.event.EventRows;
import dev.switchboard.store.message.PostgresInboxStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Records written through the journal and straight to PostgreSQL, in any order, while the
 * projection runs, everything is thrown away and made anew, and transactions end in every way.
 */
@ExtendWith(DatabaseExtension.class)
class RecordsInAnyOrderIT {
  private static final int RUNS = 5;
  private static final int STEPS = 120;
  private static final int KEYS = 5;

  private Database database;

  @BeforeEach
  void open(Database database) {
    this.database = database;
  }

  @Test
  void areReadAsTheyWereWrittenLast() throws Exception {
    for (int seed = 1; seed <= RUNS; seed++) {
      try (Run run = new Run(seed)) {
        run.play();
      }
    }
  }

  @Test
  void areReadAsATransactionLeftThemWhoseAnswerWasLost() {
    var journal = new ListJournal();
    var troubled = new TroubledTransactions(database, new Random(1));
    var pending =
        new PendingRecords(
            new RecordCache(1 << 20, Duration.ofMinutes(5), InstantSource.system()),
            journal::end,
            1 << 20);
    var account = Accounts.stored(database);
    var records =
        new PostgresInstanceStore(
                troubled.transactions(), database.encryption(), pending, EventRows.none())
            .records(account);
    records.commit(List.of(new RecordChange.Put(key(1), encode(1))));
    assertThat(records.read(key(1)).map(bytes -> decode(bytes))).contains(1);
    pending.attempted(
        journal,
        new JournalEntry.Attempted(
            account,
            new MessageId("3EB0"),
            1,
            false,
            Accounts.NOON,
            List.of(
                new RecordChange.Put(key(1), encode(2)), new RecordChange.Put(key(2), encode(2)))));

    troubled.loseNextAnswer();
    assertThatThrownBy(() ->
            records.commit(
                List.of(new RecordChange.Put(key(1), encode(3)), new RecordChange.Remove(key(2)))))
        .isInstanceOf(GatewayException.class);

    assertThat(pending.inDoubt(account)).isTrue();
    assertThat(records.read(key(1)).map(bytes -> decode(bytes))).contains(3);
    assertThat(records.read(key(2))).isEmpty();
    assertThat(pending.inDoubt(account)).isFalse();
    assertThat(pending.bytes()).isZero();
  }

  /** Everything a process holds; thrown away when it is killed. */
  private final class Life {
    private final PendingRecords pending;
    private final PostgresInstanceStore instances;
    private final PostgresInboxStore inbox;
    private final Projector projector;

    Life(ListJournal journal, TroubledTransactions database, long cacheBytes) throws Exception {
      var encryption = RecordsInAnyOrderIT.this.database.encryption();
      pending =
          new PendingRecords(
              new RecordCache(cacheBytes, Duration.ofMinutes(5), InstantSource.system()),
              journal::end,
              1 << 20);
      instances =
          new PostgresInstanceStore(database.transactions(), encryption, pending, EventRows.none());
      inbox =
          new PostgresInboxStore(
              database.transactions(),
              encryption,
              pending,
              new TakenEvents().rows(RecordsInAnyOrderIT.this.database));
      var store =
          new PostgresProjectionStore(
              database.transactions(), encryption, pending, EventRows.none());
      projector =
          new Projector(
              journal,
              store,
              pending,
              new ProjectionLimits(
                  7,
                  1_000,
                  Duration.ofMillis(1),
                  Duration.ofMillis(1),
                  Duration.ofMillis(20),
                  1_000,
                  Duration.ZERO),
              InstantSource.system());
      projector.start();
    }
  }

  private final class Run implements AutoCloseable {
    private final int seed;
    private final Random random;
    private final AccountKey account = Accounts.stored(database);
    private final ListJournal journal = new ListJournal();
    private final TroubledTransactions troubled;
    private final Map<RecordKey, Optional<Integer>> newest = new HashMap<>();
    private Life process;
    private int written;

    Run(int seed) throws Exception {
      this.seed = seed;
      this.random = new Random(seed);
      this.troubled = new TroubledTransactions(database, new Random(seed));
      this.process = begin();
    }

    private Life begin() throws Exception {
      return new Life(journal, troubled, random.nextBoolean() ? 1 << 20 : 3_000);
    }

    void play() throws Exception {
      for (int step = 0; step < STEPS; step++) {
        step();
      }
      troubled.calm();
      assertThat(process.projector.awaitProjected(journal.end(), Duration.ofSeconds(20))).isTrue();
      assertThat(process.pending.bytes()).isZero();
      for (int key = 0; key < KEYS; key++) {
        check(key(key));
      }
    }

    private void step() throws Exception {
      switch (random.nextInt(20)) {
        case 0 -> kill();
        case 1 -> troubled.trouble();
        case 2, 3 -> troubled.calm();
        case 4, 5, 6, 7, 8 -> attempt();
        case 9, 10 -> commit();
        case 11, 12 -> receive();
        case 13 -> page();
        case 14 -> unlink();
        case 15 -> Thread.sleep(random.nextInt(4));
        default -> check(key(random.nextInt(KEYS)));
      }
    }

    /** The thread of the projection ends too: a batch that is being applied takes effect or not. */
    private void kill() throws Exception {
      process.projector.close();
      troubled.calm();
      process = begin();
    }

    private void attempt() {
      var changes = changes();
      process.pending.attempted(
          journal,
          new JournalEntry.Attempted(
              account, new MessageId("3EB0"), 1, false, Accounts.NOON, changes));
      note(changes);
    }

    private void commit() {
      var changes = changes();
      write(changes, () -> records().commit(changes));
    }

    private void receive() {
      var changes = changes();
      Message message = Accounts.inbound(account, Peer.of(Accounts.phoneNumber()), "in");
      write(changes, () -> process.inbox.receive(message, changes));
    }

    private void unlink() {
      var all = new ArrayList<RecordChange>();
      for (int key = 0; key < KEYS; key++) {
        all.add(new RecordChange.Remove(key(key)));
      }
      write(all, () -> process.instances.link(account, null));
    }

    /** When nobody knows whether it took effect, what is read next says so, once and for all. */
    private void write(List<RecordChange> changes, Runnable transaction) {
      try {
        transaction.run();
        note(changes);
      } catch (GatewayException e) {
        settle(changes);
      }
    }

    private void settle(List<RecordChange> changes) {
      troubled.calm();
      if (changes.isEmpty()) {
        return;
      }
      var tookEffect =
          changes.stream().allMatch(change -> read(change.key()).equals(value(change)));
      if (tookEffect) {
        note(changes);
      }
      changes.forEach(change -> check(change.key()));
    }

    private void page() {
      try {
        var page = records().readAfter(RecordKind.SESSION, "", 100);
        newest.forEach((key, value) ->
            assertThat(Optional.ofNullable(page.get(key.name())).map(bytes -> decode(bytes)))
                .as("seed %d, %s", seed, key)
                .isEqualTo(value));
        assertThat(records().count(RecordKind.SESSION)).isEqualTo(page.size());
      } catch (GatewayException e) {
        assertThat(troubled.inTrouble()).as("%s", e).isTrue();
      }
    }

    private void check(RecordKey key) {
      try {
        assertThat(read(key))
            .as("seed %d, %s", seed, key)
            .isEqualTo(newest.getOrDefault(key, Optional.empty()));
      } catch (GatewayException e) {
        assertThat(troubled.inTrouble()).as("%s", e).isTrue();
      }
    }

    private Optional<Integer> read(RecordKey key) {
      return records().read(key).map(bytes -> decode(bytes));
    }

    private AccountRecords records() {
      return process.instances.records(account);
    }

    private List<RecordChange> changes() {
      var changes = new ArrayList<RecordChange>();
      int first = random.nextInt(KEYS);
      for (int i = 0; i <= random.nextInt(3); i++) {
        RecordKey key = key((first + i) % KEYS);
        changes.add(
            random.nextInt(5) == 0
                ? new RecordChange.Remove(key)
                : new RecordChange.Put(key, encode(++written)));
      }
      return changes;
    }

    private void note(List<RecordChange> changes) {
      changes.forEach(change -> newest.put(change.key(), value(change)));
    }

    private static Optional<Integer> value(RecordChange change) {
      return switch (change) {
        case RecordChange.Put put -> Optional.of(decode(put.value()));
        case RecordChange.Remove _ -> Optional.empty();
      };
    }

    @Override
    public void close() {
      process.projector.close();
    }
  }

  private static RecordKey key(int number) {
    return new RecordKey(RecordKind.SESSION, "session-" + number);
  }

  private static byte[] encode(int value) {
    return java.nio.ByteBuffer.allocate(4).putInt(value).array();
  }

  private static int decode(byte[] bytes) {
    return java.nio.ByteBuffer.wrap(bytes).getInt();
  }
}
