package dev.switchboard;

import dev.switchboard.configuration.SwitchboardConfig;
import dev.switchboard.contract.event.ContractEvents;
import dev.switchboard.event.assembly.Telling;
import dev.switchboard.event.assembly.TellingConfig;
import dev.switchboard.event.consumer.EventConsumerStore;
import dev.switchboard.event.cursor.Cursors;
import dev.switchboard.event.log.EventLog;
import dev.switchboard.event.log.Retention;
import dev.switchboard.event.reading.Events;
import dev.switchboard.event.reading.ReadingLimits;
import dev.switchboard.event.writing.WritingLimits;
import dev.switchboard.journal.chronicle.ChronicleConfig;
import dev.switchboard.journal.chronicle.ChronicleLog;
import dev.switchboard.journal.chronicle.Durability;
import dev.switchboard.journal.chronicle.Roll;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.encryption.EntrySeal;
import dev.switchboard.store.encryption.Signature;
import dev.switchboard.store.event.EventRows;
import dev.switchboard.store.event.PostgresEventConsumerStore;
import dev.switchboard.store.event.PostgresEventOutbox;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What happened: made by the stores, kept in a log below the data directory, told to readers.
 *
 * @param rows for the stores
 * @param cursors places in this log
 */
record EventHistory(Telling telling, EventRows rows, Cursors cursors, EventConsumerStore consumers)
    implements AutoCloseable {
  /** Appends that wait for the disk: the one writer waits for each. */
  private static final int MOST_APPENDS = 100;

  private static final int MOST_UNDELETED = 100_000;
  private static final int CHECKPOINT_INTERVAL = 50_000;
  private static final Duration RETRY_DELAY = Duration.ofMillis(200);

  static EventHistory open(
      SwitchboardConfig config, Database database, InstantSource clock, RandomGenerator random)
      throws InterruptedException {
    var encryption = database.encryption();
    ChronicleLog files = ChronicleLog.open(files(config), "log of events", clock);
    Telling telling =
        Telling.open(
            files,
            EntrySeal.ofEvents(encryption),
            new PostgresEventOutbox(database.transactions(), encryption),
            limits(config.events()),
            clock);
    return new EventHistory(
        telling,
        new EventRows(encryption, new ContractEvents(), telling.sink(), clock, random),
        new Cursors(new Signature(encryption, "event cursors")::of, telling.events().logId()),
        new PostgresEventConsumerStore(database.transactions()));
  }

  Events events() {
    return telling.events();
  }

  private static ChronicleConfig files(SwitchboardConfig config) {
    return new ChronicleConfig(
        config.data().resolve("events"),
        Durability.valueOf(config.journal().durability().name()),
        Roll.valueOf(config.events().roll().name()),
        EventLog.LONGEST_ENTRY,
        MOST_APPENDS,
        config.journal().reservedSpace());
  }

  private static TellingConfig limits(SwitchboardConfig.Events settings) {
    return new TellingConfig(
        new WritingLimits(
            settings.waitingLimit(),
            settings.waitingSize(),
            MOST_UNDELETED,
            CHECKPOINT_INTERVAL,
            RETRY_DELAY),
        new ReadingLimits(
            settings.readerLimit(),
            settings.recentLimit(),
            settings.recentSize(),
            settings.recentKept(),
            settings.indexSize(),
            settings.cacheSize()),
        new Retention.Policy(settings.retention(), settings.maxSize()));
  }

  @Override
  public void close() {
    telling.close();
  }
}
