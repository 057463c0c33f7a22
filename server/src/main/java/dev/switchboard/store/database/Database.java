package dev.switchboard.store.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.switchboard.postgres.EmbeddedPostgres;
import dev.switchboard.postgres.PostgresException;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.KeyException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** PostgreSQL, opened: migrated, its key checked, ready for units of work. */
public final class Database implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private final @Nullable EmbeddedPostgres embedded;
  private final DatabaseConfig.Server server;
  private final HikariDataSource pool;
  private final Transactions transactions;
  private final Encryption encryption;

  private Database(
      @Nullable EmbeddedPostgres embedded,
      DatabaseConfig.Server server,
      HikariDataSource pool,
      Transactions transactions,
      Encryption encryption) {
    this.embedded = embedded;
    this.server = server;
    this.pool = pool;
    this.transactions = transactions;
    this.encryption = encryption;
  }

  /**
   * Opens the database, starting the embedded server unless another is configured.
   *
   * @throws DatabaseException when that cannot be; everything begun is ended again
   */
  public static Database open(DatabaseConfig config) {
    if (config.server() != null) {
      return open(config, config.server(), null);
    }
    var embedded = startEmbedded(config);
    try {
      var server =
          new DatabaseConfig.Server(embedded.jdbcUrl(), embedded.user(), embedded.password());
      return open(config, server, embedded);
    } catch (RuntimeException e) {
      embedded.close();
      throw e;
    }
  }

  private static EmbeddedPostgres startEmbedded(DatabaseConfig config) {
    try {
      return EmbeddedPostgres.start(config.directory(), config.programs());
    } catch (PostgresException e) {
      throw new DatabaseException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Database open(
      DatabaseConfig config, DatabaseConfig.Server server, @Nullable EmbeddedPostgres embedded) {
    migrate(server);
    var pool = pool(config, server);
    try {
      var transactions = new Transactions(pool);
      var encryption = KeyCheck.unlock(transactions, config.key());
      return new Database(embedded, server, pool, transactions, encryption);
    } catch (KeyException e) {
      pool.close();
      throw new DatabaseException(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /** Over a connection of its own: a migration may take longer than the pool's patience. */
  private static void migrate(DatabaseConfig.Server server) {
    try {
      Flyway.configure()
          .dataSource(server.url(), server.user(), server.password())
          // A schema newer than this build is refused instead of ignored.
          .ignoreMigrationPatterns(new String[0])
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new DatabaseException("Cannot prepare the database: " + e.getMessage(), e);
    }
  }

  private static HikariDataSource pool(DatabaseConfig config, DatabaseConfig.Server server) {
    var patience = config.patience();
    var hikari = new HikariConfig();
    hikari.setPoolName("postgres");
    hikari.setJdbcUrl(server.url());
    hikari.setUsername(server.user());
    hikari.setPassword(server.password());
    hikari.setMaximumPoolSize(config.connections());
    hikari.setMinimumIdle(Math.min(2, config.connections()));
    hikari.setConnectionTimeout(patience.toMillis());
    hikari.setValidationTimeout(Math.max(250, patience.toMillis() / 2));
    // All as texts: the driver silently ignores properties that are numbers.
    hikari.addDataSourceProperty("connectTimeout", String.valueOf(CONNECT_TIMEOUT.toSeconds()));
    // The server gives up first; the socket's limit is for a server that does nothing any more.
    hikari.addDataSourceProperty("options", "-c statement_timeout=" + patience.toMillis());
    hikari.addDataSourceProperty("socketTimeout", String.valueOf(patience.toSeconds() + 1));
    hikari.addDataSourceProperty("tcpKeepAlive", "true");
    hikari.addDataSourceProperty("reWriteBatchedInserts", "true");
    hikari.addDataSourceProperty("ApplicationName", "switchboard");
    return new HikariDataSource(hikari);
  }

  /** The server in use, for whoever wants to look into it. */
  DatabaseConfig.Server server() {
    return server;
  }

  /** The pooled connections, for whoever wants to trouble them. */
  DataSource source() {
    return pool;
  }

  public Transactions transactions() {
    return transactions;
  }

  public Encryption encryption() {
    return encryption;
  }

  /** Closes the connections and stops the embedded server. */
  @Override
  public void close() {
    pool.close();
    if (embedded != null) {
      embedded.close();
    }
  }
}
