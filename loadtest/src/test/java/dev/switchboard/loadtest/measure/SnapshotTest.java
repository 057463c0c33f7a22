package dev.switchboard.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.loadtest.run.JavaHome;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  @Test
  void measuresARunningJvm() throws InterruptedException, IOException {
    Process process = waitingProgram();
    try {
      assertThat(process.inputReader().readLine()).isEqualTo("waiting");
      var snapshot = Snapshot.of(process.pid());
      assertThat(snapshot.liveBytes()).isPositive();
      assertThat(snapshot.usedBytes()).isPositive();
      assertThat(snapshot.status().rssKilobytes()).isPositive();
      assertThat(snapshot.threads().byName()).containsEntry("main", 1);
      assertThat(Collector.of(process.pid())).isEqualTo("SerialGC");
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process waitingProgram() throws IOException {
    return new ProcessBuilder(
            JavaHome.program("java"),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            WaitingProgram.class.getName())
        .start();
  }
}
