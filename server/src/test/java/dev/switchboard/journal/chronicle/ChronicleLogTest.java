package dev.switchboard.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.journal.log.ByteLog;
import dev.switchboard.journal.log.Decoder;
import dev.switchboard.journal.log.LogFile;
import dev.switchboard.testing.ManualClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log says of its files; all else it shares with the journal, which lies on it. */
class ChronicleLogTest {
  private static final Decoder<String> TEXT =
      (_, buffer, length) -> new String(buffer, 0, length, StandardCharsets.UTF_8);

  private final ManualClock clock = new ManualClock();
  @TempDir private Path folder;
  private ByteLog log;

  @BeforeEach
  void open() {
    ChronicleConfig config =
        new ChronicleConfig(folder, Durability.FSYNC, Roll.MINUTE, 64 << 10, 1_000, 1 << 20);
    log = ChronicleLog.open(config, "test", clock);
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void theEntryBeforeAPositionIsFoundAcrossFiles() throws Exception {
    assertThat(log.lastBefore(0)).isEqualTo(-1);
    assertThat(log.lastBefore(Long.MAX_VALUE)).isEqualTo(-1);
    long[] first = append("A", "B");
    nextFile();
    long[] second = append("C");

    assertThat(log.lastBefore(Long.MAX_VALUE)).isEqualTo(second[0]);
    assertThat(log.lastBefore(second[0])).isEqualTo(first[1]);
    assertThat(log.lastBefore(first[1] + 1)).isEqualTo(first[1]);
    assertThat(log.lastBefore(first[1] + 70_000)).as("beyond its file's end").isEqualTo(first[1]);
    assertThat(log.lastBefore(first[1])).isEqualTo(first[0]);
    assertThat(log.lastBefore(first[0])).isEqualTo(-1);
  }

  @Test
  void positionsOfAFileAscendByOne() throws Exception {
    long[] positions = append(Stream.generate(() -> "X").limit(500).toArray(String[]::new));

    for (int i = 0; i < positions.length; i++) {
      assertThat(positions[i]).isEqualTo(positions[0] + i);
    }
    assertThat(log.read(positions[499], TEXT)).hasValue("X");
  }

  @Test
  void filesAreDescribed() throws Exception {
    assertThat(log.files()).isEmpty();
    long[] first = append("A".repeat(40_000), "A");
    nextFile();
    long[] second = append("B");

    List<LogFile> files = log.files();
    assertThat(files).extracting(LogFile::begin).containsExactly(first[0], second[0]);
    assertThat(files.get(1).from()).isEqualTo(files.get(0).to()).isEqualTo(clock.instant());
    assertThat(files.get(0).bytes()).isBetween(40_000L, 400_000L);
    assertThat(files.get(1).bytes()).isPositive().isLessThan(files.get(0).bytes());
    log.release(second[0]);
    assertThat(log.files()).extracting(LogFile::begin).containsExactly(second[0]);
  }

  private void nextFile() {
    clock.advance(Duration.ofMinutes(1));
  }

  private long[] append(String... entries) throws InterruptedException {
    return log.append(
        Stream.of(entries).map(entry -> entry.getBytes(StandardCharsets.UTF_8)).toList());
  }
}
