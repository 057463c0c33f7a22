package dev.switchboard.store;

import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseConfig;
import dev.switchboard.store.encryption.KeySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands a real database to tests: one server for the whole JVM. Tests keep out of each other's way
 * by accounts of their own.
 */
public final class DatabaseExtension implements ParameterResolver {
  private static final Path PROGRAMS = Path.of("target", "postgres-programs");

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Database.class;
  }

  @Override
  public Database resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(DatabaseExtension.class))
        .getOrComputeIfAbsent("database", ignored -> new Shared(), Shared.class)
        .database;
  }

  /** The embedded database of a data directory, its programs shared by all tests. */
  public static DatabaseConfig config(Path dataDirectory) {
    return new DatabaseConfig(
        null,
        dataDirectory.resolve("postgres"),
        PROGRAMS,
        new KeySource.KeyFile(dataDirectory.resolve("master.key")),
        DatabaseConfig.DEFAULT_CONNECTIONS,
        DatabaseConfig.DEFAULT_PATIENCE);
  }

  private static final class Shared implements AutoCloseable {
    private final Path directory;
    private final Database database;

    Shared() {
      try {
        directory = Files.createTempDirectory("switchboard-database");
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      database = Database.open(config(directory));
    }

    @Override
    public void close() throws IOException {
      database.close();
      try (var files = Files.walk(directory)) {
        for (var file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
          Files.delete(file);
        }
      }
    }
  }
}
