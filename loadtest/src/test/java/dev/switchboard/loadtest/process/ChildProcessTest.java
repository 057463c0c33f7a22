package dev.switchboard.loadtest.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.loadtest.run.LoadTestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pattern SECRET = Pattern.compile("key_[0-9]+");

  @TempDir Path directory;

  @Test
  void findsTheSecretAndMasksItInTheLog() throws InterruptedException, IOException {
    Path log = directory.resolve("log");
    try (var child = shell("echo before; echo the key is key_42; echo after; exec cat", log)) {
      assertThat(child.awaitText(PATIENCE)).isEqualTo("key_42");
    }
    assertThat(Files.readString(log)).contains("before").doesNotContain("key_42");
  }

  @Test
  void tellsTheLastLinesOfAProcessThatEnded() {
    try (var child = shell("echo no such port; exit 3", directory.resolve("log"))) {
      assertThatThrownBy(() -> child.awaitText(PATIENCE))
          .isInstanceOf(LoadTestException.class)
          .hasMessageContaining("no such port");
    }
  }

  @Test
  void endsWhatTheProcessStarted() throws InterruptedException {
    ProcessHandle started;
    try (var child = shell("sleep 600 & echo key_$!; wait", directory.resolve("log"))) {
      long pid = Long.parseLong(child.awaitText(PATIENCE).substring("key_".length()));
      started = ProcessHandle.of(pid).orElseThrow();
    }
    assertThat(started.onExit()).succeedsWithin(PATIENCE);
  }

  @Test
  void listensWithoutHoldingACarrier() throws InterruptedException {
    try (var child = shell("echo key_42; exec cat", directory.resolve("log"))) {
      child.awaitText(PATIENCE);
      assertThat(Thread.getAllStackTraces().keySet()) // Which are the platform threads.
          .extracting(Thread::getName)
          .contains("shell-output");
    }
  }

  private static ChildProcess shell(String script, Path log) {
    return ChildProcess.start("shell", List.of("sh", "-c", script), Map.of(), SECRET, log);
  }
}
