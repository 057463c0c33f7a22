package dev.switchboard.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
  @TempDir Path temporary;

  @Test
  void keepsDataOverRestart() throws SQLException {
    var directory = temporary.resolve("a folder with spaces");
    try (var postgres = Servers.start(directory)) {
      Servers.execute(postgres, "CREATE TABLE kept AS SELECT 'yes' AS answer");
    }

    try (var postgres = Servers.start(directory)) {
      assertThat(Servers.query(postgres, "SELECT answer FROM kept")).isEqualTo("yes");
    }
  }

  @Test
  void endsWhenClosed() {
    var directory = new PostgresDirectory(temporary.resolve("postgres"));
    Servers.start(directory.root()).close();

    assertThat(directory.pidFile()).doesNotExist();
    Servers.start(directory.root()).close();
  }

  @Test
  void writesThroughToTheDisk() throws SQLException {
    try (var postgres = Servers.start(temporary.resolve("postgres"))) {
      assertThat(Servers.query(postgres, "SHOW fsync")).isEqualTo("on");
      assertThat(Servers.query(postgres, "SHOW autovacuum_naptime")).isEqualTo("10s");
      assertThat(Servers.query(postgres, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(Servers.query(postgres, "SHOW data_checksums")).isEqualTo("on");
    }
  }

  @Test
  void listensOnLoopbackOnly() throws SQLException {
    try (var postgres = Servers.start(temporary.resolve("postgres"))) {
      assertThat(Servers.query(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(Servers.query(postgres, "SHOW unix_socket_directories")).isEmpty();
    }
  }

  @Test
  void refusesWrongPassword() {
    try (var postgres = Servers.start(temporary.resolve("postgres"))) {
      var url = postgres.jdbcUrl();
      assertThatThrownBy(() -> DriverManager.getConnection(url, postgres.user(), "guess"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void keepsPasswordForItsOwner() throws Exception {
    var directory = new PostgresDirectory(temporary.resolve("postgres"));
    Servers.start(directory.root()).close();

    var permissions = Files.getPosixFilePermissions(directory.password());
    assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
  }

  @Test
  void refusesFolderThatIsServedAlready() {
    var directory = temporary.resolve("postgres");
    try (var _ = Servers.start(directory)) {
      assertThatThrownBy(() -> Servers.start(directory))
          .isInstanceOf(PostgresException.class)
          .hasMessageContaining("in use by another");
    }
  }

  @Test
  void makesClusterAnewAfterInterruptedStart() throws Exception {
    var directory = new PostgresDirectory(temporary.resolve("postgres"));
    Files.createDirectories(directory.unfinishedCluster().resolve("base"));
    Files.writeString(directory.password(), "of the interrupted start");

    try (var postgres = Servers.start(directory.root())) {
      assertThat(Servers.query(postgres, "SELECT current_database()")).isEqualTo("switchboard");
    }
  }
}
