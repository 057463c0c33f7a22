package dev.switchboard.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A real disk that fills up: one in memory, seen by one process only. Where users may have no
 * namespaces it cannot be mounted, and {@link DurabilityTest} has to do, which says how much is
 * free.
 */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class SmallDiskIT {
  private static final String MOUNT =
      "mount -t tmpfs -o size=16m small \"$1\" && shift && exec \"$@\"";

  @TempDir private Path folder;

  @Test
  void refusesByTypeTearsNothingAndGoesOnWhenThereIsRoom() throws Exception {
    assumeTrue(run(List.of("true")) == 0, "no namespaces for users here");
    int code = run(JournalProgram.command(FillingProgram.class, folder.resolve("disk").toString()));
    assertThat(output()).endsWith("held\n");
    assertThat(code).isZero();
  }

  private int run(List<String> program) throws IOException, InterruptedException {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    List<String> command =
        new ArrayList<>(
            List.of("unshare", "-Urm", "sh", "-c", MOUNT, "small-disk", disk.toString()));
    command.addAll(program);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output").toFile())
              .start();
      assertThat(process.waitFor(100, TimeUnit.SECONDS)).as("it ends").isTrue();
      return process.exitValue();
    } catch (IOException e) {
      return 127; // There is no such program.
    }
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
  }
}
