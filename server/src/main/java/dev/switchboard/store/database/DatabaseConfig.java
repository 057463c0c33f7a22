package dev.switchboard.store.database;

import dev.switchboard.store.encryption.KeySource;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach PostgreSQL.
 *
 * @param server a server of the operator's, or null for the embedded one
 * @param directory where the embedded server keeps its data
 * @param programs where the embedded server's programs are unpacked to; may be shared
 * @param connections the most connections at once, 2 to 40 with the embedded server
 * @param patience how long a call waits for a connection, and again for the answer to a statement,
 *     until storage counts as unavailable
 */
public record DatabaseConfig(
    @Nullable Server server,
    Path directory,
    Path programs,
    KeySource key,
    int connections,
    Duration patience) {
  public static final int DEFAULT_CONNECTIONS = 12;
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);

  public DatabaseConfig {
    if (connections < 2) {
      throw new IllegalArgumentException("at least 2 connections are needed");
    }
    if (patience.compareTo(Duration.ofMillis(250)) < 0) {
      throw new IllegalArgumentException("the patience must be at least 250 ms");
    }
  }

  /** A PostgreSQL 15 or newer; {@code url} begins with {@code jdbc:postgresql:}. */
  public record Server(String url, String user, String password) {
    /** Hides the password, and the URL since it may hold one. */
    @Override
    public String toString() {
      return "Server";
    }
  }

  /** The embedded server below a data directory, with the usual limits. */
  public static DatabaseConfig embedded(Path dataDirectory) {
    return new DatabaseConfig(
        null,
        dataDirectory.resolve("postgres"),
        dataDirectory.resolve("postgres-programs"),
        new KeySource.KeyFile(dataDirectory.resolve("master.key")),
        DEFAULT_CONNECTIONS,
        DEFAULT_PATIENCE);
  }
}
