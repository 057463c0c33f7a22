package dev.switchboard.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalContract;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.journal.Positioned;
import dev.switchboard.journal.Tail;
import dev.switchboard.journal.chronicle.commit.Device;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.testing.NamedSeal;
import dev.switchboard.testing.SampleEntries;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that does not wait for the device keeps what a journal promises, but for one thing. */
class AsyncJournalTest extends JournalContract {
  private final ManualClock clock = new ManualClock();
  private final AtomicInteger flushes = new AtomicInteger();

  @TempDir private Path folder;

  /** Whoever waits for it gets no answer. */
  private final Device broken =
      _ -> {
        flushes.incrementAndGet();
        throw new IOException("the device is gone");
      };

  private final Device counting =
      (FileChannel file) -> {
        flushes.incrementAndGet();
        file.force(false);
      };

  @Override
  protected Journal open() {
    return open("journal", Device.REAL);
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

  @Override
  protected boolean waitsForTheDevice() {
    return false;
  }

  @Test
  void answersAndTellsWithoutTheDevice() throws Exception {
    try (ChronicleJournal journal = open("broken", broken);
        Tail tail = journal.tail(0)) {
      long first = journal.append(SampleEntries.accepted("A"));
      clock.advance(Duration.ofMinutes(1)); // Nor is a file flushed that is left.
      long second = journal.append(SampleEntries.accepted("B"));
      assertThat(journal.end()).isGreaterThan(second);
      assertThat(tail.next(2, Duration.ofSeconds(10)))
          .extracting(Positioned::position)
          .containsExactly(first, second);
      assertThat(journal.status().writable()).isTrue();
      assertThat(journal.status().flushes()).isZero();
    }
    assertThat(flushes).as("nor at the end").hasValue(0);
  }

  @Test
  void aStopInGoodOrderLeavesEverythingAndTheNextStartFlushesIt() throws Exception {
    try (ChronicleJournal journal = open("stopped", broken)) {
      for (String id : List.of("A", "B", "C")) {
        journal.append(SampleEntries.accepted(id));
        clock.advance(Duration.ofMinutes(1));
      }
    }
    try (ChronicleJournal journal = open("stopped", counting)) {
      assertThat(flushes).as("the last two files").hasValue(2);
      journal.append(SampleEntries.accepted("D"));
      assertThat(ids(journal)).containsExactly("A", "B", "C", "D");
      assertThat(flushes).hasValue(2);
    }
  }

  /** Who changes the setting is promised the more from then on. */
  @Test
  void oneThatWaitsForTheDeviceGoesOnWhereItEnded() throws Exception {
    try (ChronicleJournal journal = open("changed", broken)) {
      journal.append(SampleEntries.accepted("A"));
    }
    ChronicleConfig waits = config("changed").withDurability(Durability.FSYNC);
    try (ChronicleJournal journal =
        ChronicleJournal.open(waits, new NamedSeal(), clock, counting)) {
      int atStart = flushes.get();
      journal.append(SampleEntries.accepted("B"));
      assertThat(flushes).hasValue(atStart + 1);
      assertThat(ids(journal)).containsExactly("A", "B");
    }
  }

  private ChronicleJournal open(String name, Device device) {
    return ChronicleJournal.open(config(name), new NamedSeal(), clock, device);
  }

  private ChronicleConfig config(String name) {
    return new ChronicleConfig(
        folder.resolve(name), Durability.ASYNC, Roll.MINUTE, 64 << 10, 1_000, 1 << 20);
  }

  private static List<String> ids(ChronicleJournal journal) throws InterruptedException {
    try (Tail tail = journal.tail(0)) {
      return tail.next(100, Duration.ofSeconds(10)).stream()
          .map(it -> ((Accepted) it.entry()).id().value())
          .toList();
    }
  }
}
