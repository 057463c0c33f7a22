package dev.switchboard.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.jooq.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** PostgreSQL goes away under an open database. */
@Execution(ExecutionMode.CONCURRENT)
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
    var postmaster = postmaster();
    var children = postmaster.children().toList();
    signal("-KILL", postmaster);
    children.forEach(child -> signal("-KILL", child));

    assertUnavailable(this::readTenants);

    assertRecovers();
  }

  @Test
  void refusesWhileServerHangsAndRecoversByItself() throws Exception {
    var postmaster = postmaster();
    // First, so that it starts no process that nobody would stop.
    signal("-STOP", postmaster);
    var children = postmaster.children().toList();
    children.forEach(child -> signal("-STOP", child));
    try {
      assertUnavailable(this::touchTenants);
    } finally {
      children.forEach(child -> signal("-CONT", child));
      signal("-CONT", postmaster);
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

  private ProcessHandle postmaster() throws IOException {
    var pidFile = data.resolve("postgres/cluster/postmaster.pid");
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst())).orElseThrow();
  }

  /** Some of the children end by themselves now and then. */
  private static void signal(String name, ProcessHandle process) {
    try {
      var kill = new ProcessBuilder("kill", name, String.valueOf(process.pid())).start();
      assertThat(kill.waitFor() == 0 || !process.isAlive()).as("signal " + name).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
