package dev.switchboard.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only where the build itself runs as root; elsewhere there is nothing to choose. */
class RunAsRootIT {
  @TempDir Path temporary;
  private Path cluster;

  @BeforeEach
  void requireRoot() {
    assumeTrue(System.getProperty("user.name").equals("root"));
    cluster = new PostgresDirectory(temporary.resolve("postgres")).cluster();
  }

  @Test
  void stepsIntoNamespaceFirst() {
    assumeTrue(RunAs.namespace().isPresent());

    assertThat(RunAs.choose(cluster)).isEqualTo(RunAs.namespace().orElseThrow());
  }

  @Test
  void servesAsUnprivilegedUserAndStaysWithIt() throws Exception {
    openToAll(temporary);
    var unprivileged = RunAs.unprivilegedUser().orElseThrow();
    try (var postgres = Servers.start(temporary.resolve("postgres"), unprivileged)) {
      Servers.execute(postgres, "CREATE TABLE kept AS SELECT 'yes' AS answer");
    }

    assertThat(RunAs.choose(cluster)).isEqualTo(unprivileged);
    try (var postgres = Servers.start(temporary.resolve("postgres"))) {
      assertThat(Servers.query(postgres, "SELECT answer FROM kept")).isEqualTo("yes");
    }
  }

  @Test
  void takesOverClusterMadeInNamespace() throws Exception {
    assumeTrue(RunAs.namespace().isPresent());
    openToAll(temporary);
    Servers.start(temporary.resolve("postgres")).close();

    var unprivileged = RunAs.unprivilegedUser().orElseThrow();
    Servers.start(temporary.resolve("postgres"), unprivileged).close();
  }

  @Test
  void saysWhenTheUnprivilegedUserCannotReachTheFolder() throws IOException {
    var closed = Files.createDirectory(temporary.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    var unprivileged = RunAs.unprivilegedUser().orElseThrow();

    assertThatThrownBy(() -> Servers.start(closed.resolve("postgres"), unprivileged))
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("cannot enter");
  }

  private static void openToAll(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
