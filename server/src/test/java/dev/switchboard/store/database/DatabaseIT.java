package dev.switchboard.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.encryption.KeySource;
import dev.switchboard.store.jooq.Tables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class DatabaseIT {
  @TempDir Path data;

  @Test
  void refusesWrongKeyAndDestroysNothing() throws IOException {
    var config = DatabaseExtension.config(data);
    Database.open(config).close();
    var keyFile = data.resolve("master.key");
    var rightKey = Files.readString(keyFile);
    Files.writeString(keyFile, Base64.getEncoder().encodeToString(new byte[32]));

    assertThatThrownBy(() -> Database.open(config))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("not the one this database is encrypted with");

    Files.writeString(keyFile, rightKey);
    Database.open(config).close();
  }

  @Test
  void refusesMissingKeyAndMakesNone() throws IOException {
    var config = DatabaseExtension.config(data);
    Database.open(config).close();
    Files.delete(data.resolve("master.key"));

    assertThatThrownBy(() -> Database.open(config))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("master.key is missing");

    assertThat(data.resolve("master.key")).doesNotExist();
  }

  @Test
  void refusesSchemaOfNewerRelease() {
    var config = DatabaseExtension.config(data);
    try (var database = Database.open(config)) {
      database
          .transactions()
          .run(dsl ->
              dsl.execute(
                  """
                  INSERT INTO flyway_schema_history
                  SELECT 99, '99', 'of the future', type, 'V99__of_the_future.sql', checksum,
                    installed_by, now(), 1, true
                  FROM flyway_schema_history WHERE version = '1'
                  """));
    }

    assertThatThrownBy(() -> Database.open(config))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("99");
  }

  @Test
  void saysThatServerCannotBeReached() throws IOException {
    int freePort;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      freePort = socket.getLocalPort();
    }
    var url = "jdbc:postgresql://127.0.0.1:" + freePort + "/nowhere";
    var config = given(new DatabaseConfig.Server(url, "somebody", "hush"));

    assertThatThrownBy(() -> Database.open(config))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("Cannot prepare the database")
        .hasMessageNotContaining("hush");
  }

  @Test
  void opensServerByUrl() {
    var embedded = DatabaseExtension.config(data);
    try (var first = Database.open(embedded)) {
      var server = first.server();
      try (var second = Database.open(given(server))) {
        assertThat(second.transactions().<Integer>read(dsl -> dsl.fetchCount(Tables.TENANT)))
            .isEqualTo(1);
      }
    }
  }

  private DatabaseConfig given(DatabaseConfig.Server server) {
    var embedded = DatabaseExtension.config(data);
    return new DatabaseConfig(
        server,
        embedded.directory(),
        embedded.programs(),
        new KeySource.KeyFile(data.resolve("master.key")),
        embedded.connections(),
        embedded.patience());
  }
}
