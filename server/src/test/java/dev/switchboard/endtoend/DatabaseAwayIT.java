package dev.switchboard.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.api.v1.Peer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** PostgreSQL goes away and comes back. */
@Execution(ExecutionMode.CONCURRENT)
class DatabaseAwayIT {
  private static final Duration REFUSAL_LIMIT = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void acceptsAndRefusesToReadWhileAwayAndGoesOnAfterwards()
      throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    try (ServerProcess server = ServerProcess.start(data);
        Gateway gateway = new Gateway(server, server.key())) {
      var _ = gateway.link("alice");
      Peer bob = gateway.link("bob");
      gateway.send("alice", bob, "before");
      gateway.awaitText("bob", "before");

      ProcessHandle postmaster = postmaster(data);
      // First, so that it starts no process that nobody would stop.
      signal("-STOP", postmaster);
      List<ProcessHandle> children = postmaster.children().toList();
      children.forEach(child -> signal("-STOP", child));
      try {
        Instant begin = Instant.now();
        gateway.send("alice", bob, "while away");
        assertThatThrownBy(() -> gateway.messages("alice"))
            .isInstanceOfSatisfying(
                StatusRuntimeException.class,
                refusal ->
                    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
        assertThat(Duration.between(begin, Instant.now())).isLessThan(REFUSAL_LIMIT);
      } finally {
        children.forEach(child -> signal("-CONT", child));
        signal("-CONT", postmaster);
      }

      gateway.awaitText("bob", "while away");
      gateway.send("alice", bob, "after");
      gateway.awaitText("bob", "after");
    }
  }

  private static ProcessHandle postmaster(Path data) throws IOException {
    Path pidFile = data.resolve("postgres/cluster/postmaster.pid");
    long id = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    return ProcessHandle.of(id).orElseThrow();
  }

  /** Some of the children end by themselves now and then. */
  private static void signal(String name, ProcessHandle process) {
    try {
      Process kill = new ProcessBuilder("kill", name, Long.toString(process.pid())).start();
      assertThat(kill.waitFor() == 0 || !process.isAlive()).as("signal " + name).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
