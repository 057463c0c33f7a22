package dev.switchboard.outbox.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.Positioned;
import dev.switchboard.testing.InMemoryJournal;
import dev.switchboard.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ReadAheadTest {
  private static final int ENTRIES = 7 * ReadAhead.BATCH + 500;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final InMemoryJournal journal = new InMemoryJournal();
  private final JournalEntry entry = new JournalEntry.Paused(Samples.ACCOUNT, Instant.EPOCH);

  @Test
  void everythingIsReadOnceAndInOrderAndThenWhatFollows() throws InterruptedException {
    List<Long> expected =
        new ArrayList<>(journal.appendAll(Stream.generate(() -> entry).limit(ENTRIES).toList()));
    try (ReadAhead tail = new ReadAhead(journal, journal.end())) {
      List<Long> read = positions(tail, ENTRIES);
      expected.add(journal.append(entry));
      read.addAll(positions(tail, 1));

      assertThat(read).isEqualTo(expected);
    }
  }

  private static List<Long> positions(ReadAhead tail, int count) throws InterruptedException {
    List<Long> read = new ArrayList<>();
    while (read.size() < count) {
      tail.next(ReadAhead.BATCH, PATIENCE).stream().map(Positioned::position).forEach(read::add);
    }
    return read;
  }

  @Test
  void anEmptyJournalHasNothingToReadAhead() throws InterruptedException {
    try (ReadAhead tail = new ReadAhead(journal, journal.end())) {
      assertThat(tail.next(ReadAhead.BATCH, PATIENCE)).isEmpty();
    }
  }

  @Test
  void aJournalThatCannotBeReadIsSaidToWhoeverAsks() throws InterruptedException {
    journal.append(entry);
    long end = journal.end();
    journal.close();
    try (ReadAhead tail = new ReadAhead(journal, end)) {
      assertThatIllegalStateException().isThrownBy(() -> tail.next(ReadAhead.BATCH, PATIENCE));
    }
  }
}
