package dev.switchboard.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.journal.log.LogTail;
import dev.switchboard.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel was told of the files that are mapped, as it tells it itself. */
@EnabledOnOs(OS.LINUX)
class PageCacheTest {
  private static final Path MAPPINGS = Path.of("/proc/self/smaps");
  private static final int ENTRY = 100_000;
  private static final int ENTRIES = 40;

  @TempDir private Path folder;

  @Test
  void nothingIsReadAheadOfWhatIsWritten() throws IOException, InterruptedException {
    var config =
        new ChronicleConfig(folder, Durability.FSYNC, Roll.HOUR, 128 << 10, 1_000, 1 << 20);
    try (ChronicleLog log = ChronicleLog.open(config, "log", new ManualClock())) {
      byte[] entry = new byte[ENTRY];
      LogTail<Integer> tail = log.tail(log.first(), (_, _, length) -> length);
      for (int i = 0; i < ENTRIES; i++) {
        Arrays.fill(entry, (byte) i);
        long position = log.append(List.of(entry))[0];
        assertThat(tail.next(1, Duration.ofSeconds(30))).containsExactly(ENTRY);
        assertThat(log.read(position, (_, buffer, _) -> buffer[ENTRY - 1])).contains((byte) i);
      }
      assertThat(mapped())
          .as("several parts of the file are mapped")
          .hasSizeGreaterThan(1)
          .allMatch(flags -> flags.contains(" rr "), "is marked as read at random");
      tail.close();
    }
  }

  /** The flags of every part of the log's files that is mapped. */
  private List<String> mapped() throws IOException {
    List<String> found = new ArrayList<>();
    boolean ours = false;
    for (String line : Files.readAllLines(MAPPINGS)) {
      if (line.matches("^[0-9a-f]+-[0-9a-f]+ .*")) {
        ours = line.contains(folder.toString()) && line.endsWith(".cq4");
      } else if (ours && line.startsWith("VmFlags:")) {
        found.add(line + " ");
      }
    }
    return found;
  }
}
