package dev.switchboard;

import dev.switchboard.access.ApiKeyStore;
import dev.switchboard.access.CachedApiKeyStore;
import dev.switchboard.access.TenantStore;
import dev.switchboard.configuration.SwitchboardConfig;
import dev.switchboard.contact.ContactStore;
import dev.switchboard.history.History;
import dev.switchboard.inbox.InboxStore;
import dev.switchboard.instance.state.CachedInstanceStore;
import dev.switchboard.instance.state.InstanceStore;
import dev.switchboard.journal.Seal;
import dev.switchboard.outbox.OutboxStore;
import dev.switchboard.store.account.PostgresApiKeyStore;
import dev.switchboard.store.account.PostgresInstanceStore;
import dev.switchboard.store.account.PostgresTenantStore;
import dev.switchboard.store.contact.PostgresContactStore;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseConfig;
import dev.switchboard.store.encryption.EntrySeal;
import dev.switchboard.store.encryption.KeySource;
import dev.switchboard.store.message.PostgresHistory;
import dev.switchboard.store.message.PostgresInboxStore;
import dev.switchboard.store.message.PostgresOutboxStore;
import java.nio.file.Path;

/** The core's stores on one opened database. */
record Storage(
    Database database,
    InstanceStore instances,
    OutboxStore outbox,
    InboxStore inbox,
    History history,
    ContactStore contacts,
    ApiKeyStore apiKeys,
    TenantStore tenants)
    implements AutoCloseable {
  /** About 1 KB each, and only for those that are asked for. */
  private static final int CACHED_INSTANCES = 20_000;

  private static final int CACHED_API_KEYS = 10_000;

  static Storage open(SwitchboardConfig config) {
    Database database = Database.open(databaseConfig(config));
    var transactions = database.transactions();
    var encryption = database.encryption();
    return new Storage(
        database,
        new CachedInstanceStore(
            new PostgresInstanceStore(transactions, encryption), CACHED_INSTANCES),
        new PostgresOutboxStore(transactions, encryption),
        new PostgresInboxStore(transactions, encryption),
        new PostgresHistory(transactions, encryption),
        new PostgresContactStore(transactions, encryption),
        new CachedApiKeyStore(new PostgresApiKeyStore(transactions), CACHED_API_KEYS),
        new PostgresTenantStore(transactions));
  }

  /** What the journal is encrypted with. */
  Seal seal() {
    return new EntrySeal(database.encryption());
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
    database.close();
  }
}
