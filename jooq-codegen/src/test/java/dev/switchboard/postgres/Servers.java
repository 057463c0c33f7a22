package dev.switchboard.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** What the tests share: the unpacked programs, and statements on a running server. */
final class Servers {
  static final Path CACHE = Path.of("target", "postgres-binaries");

  private Servers() {}

  static EmbeddedPostgres start(Path directory) {
    return EmbeddedPostgres.start(directory, CACHE);
  }

  static EmbeddedPostgres start(Path directory, RunAs runAs) {
    return EmbeddedPostgres.start(
        new PostgresDirectory(directory), Binaries.unpack(CACHE, Platform.current()), runAs);
  }

  static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = connect(postgres);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = connect(postgres);
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }
}
