package dev.switchboard.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.jooq.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL goes away under an open database. */
class DatabaseAwayIT {
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(20);
  private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(60);

  @TempDir Path data;
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(DatabaseExtension.config(data));
    readTenants();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void refusesWhileServerIsDeadAndRecoversByItself() throws Exception {
    signal("-KILL", serverProcesses());

    assertUnavailable(this::readTenants);

    assertRecovers();
  }

  @Test
  void refusesWhileServerHangsAndRecoversByItself() throws Exception {
    var hanging = serverProcesses();
    signal("-STOP", hanging);
    try {
      assertUnavailable(this::touchTenants);
    } finally {
      signal("-CONT", hanging);
    }
    assertRecovers();
  }

  @Test
  void refusesStatementThatTakesTooLong() {
    assertUnavailable(() -> database.transactions().run(dsl -> dsl.execute("SELECT pg_sleep(60)")));
    readTenants();
  }

  private void readTenants() {
    assertThat(database.transactions().<Integer>read(dsl -> dsl.fetchCount(Tables.TENANT)))
        .isEqualTo(1);
  }

  private void touchTenants() {
    database
        .transactions()
        .run(dsl -> dsl.update(Tables.TENANT).set(Tables.TENANT.NAME, "Touched").execute());
  }

  private static void assertUnavailable(Runnable call) {
    var begun = System.nanoTime();
    var refused = catchThrowableOfType(GatewayException.class, call::run);
    assertThat(refused).isNotNull();
    assertThat(refused.reason()).isEqualTo(Reason.STORAGE_UNAVAILABLE);
    assertThat(refused.retryAfter()).isPresent();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONGEST_ANSWER);
  }

  private void assertRecovers() throws InterruptedException {
    var deadline = System.nanoTime() + LONGEST_ABSENCE.toNanos();
    while (true) {
      try {
        readTenants();
        return;
      } catch (GatewayException e) {
        assertThat(System.nanoTime()).as(e.getMessage()).isLessThan(deadline);
        Thread.sleep(100);
      }
    }
  }

  private List<ProcessHandle> serverProcesses() throws IOException {
    var pidFile = data.resolve("postgres/cluster/postmaster.pid");
    var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst());
    var server = ProcessHandle.of(pid).orElseThrow();
    return Stream.concat(Stream.of(server), server.descendants()).toList();
  }

  private static void signal(String name, List<ProcessHandle> processes) throws Exception {
    var command =
        Stream.concat(
                Stream.of("kill", name),
                processes.stream().map(process -> String.valueOf(process.pid())))
            .toList();
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
