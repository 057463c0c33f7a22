package dev.switchboard.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.api.v1.Peer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL goes away and comes back. */
class DatabaseAwayIT {
  private static final Duration REFUSAL_LIMIT = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void refusesInTimeWhileAwayAndGoesOnAfterwards() throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    try (ServerProcess server = ServerProcess.start(data);
        Gateway gateway = new Gateway(server, server.key())) {
      var _ = gateway.link("alice");
      Peer bob = gateway.link("bob");
      gateway.send("alice", bob, "before");
      gateway.awaitText("bob", "before");

      List<Long> processes = databaseProcesses(data);
      signal(processes, "STOP");
      try {
        Instant begin = Instant.now();
        assertThatThrownBy(() -> gateway.send("alice", bob, "while away"))
            .isInstanceOfSatisfying(
                StatusRuntimeException.class,
                refusal ->
                    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
        assertThat(Duration.between(begin, Instant.now())).isLessThan(REFUSAL_LIMIT);
      } finally {
        signal(processes, "CONT");
      }

      sendUntilAccepted(gateway, bob, "after");
      gateway.awaitText("bob", "after");
    }
  }

  private static void sendUntilAccepted(Gateway gateway, Peer to, String text)
      throws InterruptedException {
    String requestId = UUID.randomUUID().toString();
    for (int attempt = 1; ; attempt++) {
      try {
        gateway.send("alice", to, text, requestId);
        return;
      } catch (StatusRuntimeException e) {
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(attempt).isLessThan(30);
        Thread.sleep(1_000); // As a client would that was told to come back in a second.
      }
    }
  }

  /** The postmaster, whose id is in its directory, and its children. */
  private static List<Long> databaseProcesses(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("postgres"))) {
      Path pidFile =
          files.filter(file -> file.endsWith("postmaster.pid")).findFirst().orElseThrow();
      long postmaster = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
      ProcessHandle handle = ProcessHandle.of(postmaster).orElseThrow();
      return Stream.concat(Stream.of(handle), handle.descendants())
          .map(ProcessHandle::pid)
          .toList();
    }
  }

  private static void signal(List<Long> processes, String signal)
      throws IOException, InterruptedException {
    for (long pid : processes) {
      Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
      assertThat(kill.waitFor()).isZero();
    }
  }
}
