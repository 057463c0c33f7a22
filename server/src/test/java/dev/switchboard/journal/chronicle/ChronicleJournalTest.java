package dev.switchboard.journal.chronicle;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalContract;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.testing.NamedSeal;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** Chronicle keeps what a journal promises. */
class ChronicleJournalTest extends JournalContract {
  private final ManualClock clock = new ManualClock();

  @TempDir private Path folder;

  @Override
  protected Journal open() {
    ChronicleConfig config =
        new ChronicleConfig(
            folder.resolve("journal"), Durability.FSYNC, Roll.MINUTE, 64 << 10, 1_000, 1 << 20);
    return ChronicleJournal.open(config, new NamedSeal(), clock);
  }

  @Override
  protected Journal reopen(Journal closed) {
    closed.close();
    return open();
  }

  @Override
  protected void nextFile(Journal open) {
    clock.advance(Duration.ofMinutes(1));
  }
}
