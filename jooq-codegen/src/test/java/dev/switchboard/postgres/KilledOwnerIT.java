package dev.switchboard.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledOwnerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path temporary;
  private PostgresDirectory directory;
  private Postmaster postmaster;
  private Process owner;

  @BeforeEach
  void startOwner() throws IOException {
    directory = new PostgresDirectory(temporary.resolve("postgres"));
    postmaster =
        new Postmaster(
            directory,
            Binaries.unpack(Servers.CACHE, Platform.current()),
            RunAs.choose(directory.cluster()));
    owner = new ProcessBuilder(java()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    assertThat(owner.inputReader().readLine()).isEqualTo("ready");
  }

  private List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        OwnerProgram.class.getName(),
        directory.root().toString());
  }

  @AfterEach
  void endOwner() throws InterruptedException {
    owner.destroyForcibly().waitFor();
  }

  @Test
  void serverEndsWithItsOwner() throws Exception {
    var server = postmaster.running().orElseThrow();

    owner.destroyForcibly();

    assertEnds(server);
  }

  @Test
  void nextStartFindsWhatWasCommitted() throws Exception {
    owner.destroyForcibly().waitFor();

    try (var postgres = Servers.start(directory.root())) {
      assertThat(Servers.query(postgres, "SELECT answer FROM committed")).isEqualTo("yes");
    }
  }

  @Test
  void nextStartEndsOrphan() throws Exception {
    var orphan = postmaster.running().orElseThrow();
    owner.children().forEach(ProcessHandle::destroyForcibly);
    owner.destroyForcibly().waitFor();
    assertThat(orphan.isAlive()).isTrue();

    try (var postgres = Servers.start(directory.root())) {
      assertEnds(orphan);
      assertThat(Servers.query(postgres, "SELECT answer FROM committed")).isEqualTo("yes");
    }
  }

  @Test
  void refusesFolderThatAnotherJvmServes() {
    assertThatThrownBy(() -> Servers.start(directory.root()))
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("in use by another");
    assertThat(postmaster.running()).isPresent();
  }

  @Test
  void leavesStrangerAloneThatGotTheRecordedNumber() throws Exception {
    owner.children().forEach(ProcessHandle::destroyForcibly);
    owner.destroyForcibly().waitFor();
    var pidFile = Files.readString(directory.pidFile());
    postmaster.stop();
    var stranger = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(
          directory.pidFile(), pidFile.replaceFirst("^\\d+", String.valueOf(stranger.pid())));

      Servers.start(directory.root()).close();

      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void startsServerAgainThatDied() throws Exception {
    owner.destroyForcibly().waitFor();
    try (var postgres = Servers.start(directory.root())) {
      postmaster.running().orElseThrow().destroyForcibly();

      assertThat(answerWithin(postgres, PATIENCE)).isEqualTo("yes");
    }
  }

  private static void assertEnds(ProcessHandle process) throws Exception {
    assertThat(process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(process);
  }

  private static String answerWithin(EmbeddedPostgres postgres, Duration patience)
      throws InterruptedException {
    var deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return Servers.query(postgres, "SELECT answer FROM committed");
      } catch (SQLException e) {
        assertThat(System.nanoTime()).as(e.getMessage()).isLessThan(deadline);
        Thread.sleep(100);
      }
    }
  }
}
