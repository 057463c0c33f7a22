package dev.switchboard;

import dev.switchboard.access.ApiKeyStore;
import dev.switchboard.access.CachedApiKeyStore;
import dev.switchboard.access.TenantStore;
import dev.switchboard.configuration.ConfigurationException;
import dev.switchboard.configuration.SwitchboardConfig;
import dev.switchboard.contact.ContactStore;
import dev.switchboard.contact.PresenceStore;
import dev.switchboard.history.History;
import dev.switchboard.inbox.InboxStore;
import dev.switchboard.instance.state.CachedInstanceStore;
import dev.switchboard.instance.state.InstanceStore;
import dev.switchboard.journal.Journal;
import dev.switchboard.journal.chronicle.ChronicleConfig;
import dev.switchboard.journal.chronicle.ChronicleJournal;
import dev.switchboard.journal.chronicle.Durability;
import dev.switchboard.journal.chronicle.Roll;
import dev.switchboard.outbox.StoredRequests;
import dev.switchboard.outbox.sender.Familiarities;
import dev.switchboard.projection.PendingRecords;
import dev.switchboard.projection.ProjectionStore;
import dev.switchboard.projection.RecordCache;
import dev.switchboard.store.account.PostgresApiKeyStore;
import dev.switchboard.store.account.PostgresInstanceStore;
import dev.switchboard.store.account.PostgresTenantStore;
import dev.switchboard.store.contact.PostgresContactStore;
import dev.switchboard.store.contact.PostgresPresenceStore;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseConfig;
import dev.switchboard.store.encryption.EntrySeal;
import dev.switchboard.store.encryption.KeySource;
import dev.switchboard.store.message.PostgresFamiliarities;
import dev.switchboard.store.message.PostgresHistory;
import dev.switchboard.store.message.PostgresInboxStore;
import dev.switchboard.store.projection.PostgresProjectionStore;
import dev.switchboard.store.projection.PostgresStoredRequests;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** The core's stores on one opened database, and the journal that is projected to it. */
record Storage(
    Database database,
    Journal journal,
    PendingRecords pending,
    ProjectionStore projection,
    InstanceStore instances,
    Familiarities familiarities,
    InboxStore inbox,
    History history,
    StoredRequests requests,
    ContactStore contacts,
    PresenceStore presences,
    ApiKeyStore apiKeys,
    TenantStore tenants,
    EventHistory events)
    implements AutoCloseable {
  /** About 1 KB each, and only for those that are asked for. */
  private static final int CACHED_INSTANCES = 20_000;

  private static final int CACHED_API_KEYS = 10_000;

  static Storage open(
      SwitchboardConfig config, InstantSource clock, RandomGenerator random, StartTimes times)
      throws InterruptedException {
    Resources resources = new Resources();
    try {
      Database database = resources.open(Database.open(databaseConfig(config)));
      times.done("database");
      Journal journal = resources.open(openJournal(config, database, clock));
      requireOwn(config, database, journal);
      times.done("journal");
      EventHistory events = resources.open(EventHistory.open(config, database, clock, random));
      times.done("events");
      return over(config, database, journal, recordCache(config, clock), events);
    } catch (RuntimeException | InterruptedException e) {
      resources.close();
      throw e;
    }
  }

  private static Journal openJournal(
      SwitchboardConfig config, Database database, InstantSource clock) {
    SwitchboardConfig.Journal settings = config.journal();
    ChronicleConfig journal =
        new ChronicleConfig(
            config.data().resolve("journal"),
            Durability.valueOf(settings.durability().name()),
            Roll.valueOf(settings.roll().name()),
            settings.longestEntry(),
            settings.waitingLimit(),
            settings.reservedSpace());
    return ChronicleJournal.open(journal, EntrySeal.ofJournal(database.encryption()), clock);
  }

  /**
   * Before anything but its schema is touched: another server may be at work with it, and two of
   * them would send for the same accounts and take the events from each other.
   */
  private static void requireOwn(SwitchboardConfig config, Database database, Journal journal) {
    if (!config.database().takeOver()
        && PostgresProjectionStore.belongsToAnother(database.transactions(), journal.id())) {
      throw new ConfigurationException(
          "the database belongs to the journal of another data directory than "
              + config.data()
              + "; start with that one. If it is lost, and no server uses the database, set"
              + " database.take-over: messages that waited there fail then");
    }
  }

  private static RecordCache recordCache(SwitchboardConfig config, InstantSource clock) {
    var settings = config.database().recordCache();
    return new RecordCache(settings.bytes(), settings.kept(), clock);
  }

  private static Storage over(
      SwitchboardConfig config,
      Database database,
      Journal journal,
      RecordCache cache,
      EventHistory history) {
    var transactions = database.transactions();
    var encryption = database.encryption();
    var events = history.rows();
    PendingRecords pending =
        new PendingRecords(cache, journal::end, config.projection().pendingBytes());
    return new Storage(
        database,
        journal,
        pending,
        new PostgresProjectionStore(transactions, encryption, pending, events),
        new CachedInstanceStore(
            new PostgresInstanceStore(transactions, encryption, pending, events), CACHED_INSTANCES),
        new PostgresFamiliarities(transactions, encryption),
        new PostgresInboxStore(transactions, encryption, pending, events),
        new PostgresHistory(transactions, encryption),
        new PostgresStoredRequests(transactions),
        new PostgresContactStore(transactions, encryption, pending, events),
        new PostgresPresenceStore(transactions, encryption, events),
        new CachedApiKeyStore(new PostgresApiKeyStore(transactions), CACHED_API_KEYS),
        new PostgresTenantStore(transactions),
        history);
  }

  private static DatabaseConfig databaseConfig(SwitchboardConfig config) {
    SwitchboardConfig.Database database = config.database();
    DatabaseConfig embedded = DatabaseConfig.embedded(config.data());
    DatabaseConfig.Server server =
        database
            .url()
            .map(url -> new DatabaseConfig.Server(url, database.user(), database.password()))
            .orElse(null);
    Path programs = database.programs().orElse(embedded.programs());
    KeySource key =
        config.encryptionKey().<KeySource>map(KeySource.Given::new).orElse(embedded.key());
    return new DatabaseConfig(
        server, embedded.directory(), programs, key, database.connections(), database.patience());
  }

  @Override
  public void close() {
    journal.close();
    events.close();
    database.close();
  }
}
