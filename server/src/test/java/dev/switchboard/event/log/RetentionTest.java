package dev.switchboard.event.log;

import static dev.switchboard.testing.EventBench.account;
import static dev.switchboard.testing.EventBench.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.event.Event;
import dev.switchboard.event.LowWaterMark;
import dev.switchboard.event.reading.Page;
import dev.switchboard.event.reading.Reading;
import dev.switchboard.event.reading.Selection;
import dev.switchboard.event.reading.Start;
import dev.switchboard.journal.log.LogFile;
import dev.switchboard.model.AccountKey;
import dev.switchboard.testing.EventBench;
import dev.switchboard.testing.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old files go, what is needed stays, and whoever is passed is told. */
class RetentionTest {
  private static final AccountKey ALPHA = account("alpha");
  private static final AccountKey DELETED = account("deleted");
  private static final Duration LONG = Duration.ofDays(1);
  private static final long MUCH = 1L << 40;

  @TempDir private Path folder;
  private EventBench bench;

  @BeforeEach
  void fiveFiles() throws InterruptedException {
    bench = EventBench.open(folder);
    bench.tell(DELETED, "of one that had its event in the first file");
    for (int i = 0; i < 5; i++) {
      bench.tell(ALPHA, "a" + i, "b" + i);
      Eventually.until("a start needs no other file", this::newestFileSuffices);
      bench.clock.advance(Duration.ofMinutes(1));
    }
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void filesOlderThanTheAgeGo() {
    int files = bench.log.files().size();
    long last = bench.log.files().getLast().begin();
    bench.retention(Duration.ofMinutes(3), MUCH).sweep();
    assertThat(bench.log.files().size()).isBetween(3, files - 1);
    bench.retention(Duration.ofSeconds(59), MUCH).sweep();
    assertThat(bench.log.first()).isEqualTo(last);
  }

  @Test
  void theOldestFilesGoUntilTheRestFits() {
    List<LogFile> files = bench.log.files();
    long two = files.get(3).bytes() + files.get(4).bytes();
    bench.retention(LONG, two).sweep();
    assertThat(bench.log.first()).isEqualTo(files.get(3).begin());
    bench.retention(LONG, two - 1).sweep();
    assertThat(bench.log.first()).isEqualTo(files.get(4).begin());
  }

  @Test
  void theFileThatIsWrittenToStays() throws InterruptedException {
    bench.clock.advance(Duration.ofDays(99));
    long last = bench.log.files().getLast().begin();
    bench.retention(Duration.ZERO, 0).sweep();
    assertThat(bench.log.first()).isEqualTo(last);
    assertThat(first().sequence()).isEqualTo(9);
  }

  @Test
  void sequencesGoOnWhereTheirFilesAreGone() throws InterruptedException {
    bench.retention(Duration.ZERO, 0).sweep();
    bench = bench.reopen(folder);
    try (Reading reading = bench.events.open(Selection.of(DELETED.tenant()), new Start.Latest())) {
      bench.tell(DELETED, "under the same name");
      bench.tell(ALPHA, "more");
      assertThat(List.of(read(reading, 1).getFirst(), read(reading, 1).getFirst()))
          .extracting(Event::sequence)
          .containsExactly(2L, 11L);
    }
  }

  @Test
  void whoReadEverythingThatWentMissesNothing() throws InterruptedException {
    long position;
    try (Reading reading = bench.events.open(Selection.of(ALPHA), new Start.Earliest())) {
      position = EventBench.readAll(reading, 10).getLast().position() + 1;
    }
    bench.tell(
        Stream.generate(() -> bench.draft(ALPHA, "out of memory with the others"))
            .limit(EventBench.READING.recentEvents() + 1)
            .toList());
    Eventually.until("a start needs no other file", this::newestFileSuffices);
    bench.retention(Duration.ZERO, 0).sweep();
    assertThat(pageAt(position)).isInstanceOf(Page.Events.class);
    assertThat(pageAt(position - 1)).isInstanceOf(Page.Gap.class);
  }

  @Test
  void whoMissesNothingIsNotToldOfAGapAfterARestartEither() throws InterruptedException {
    long position = bench.log.lastBefore(bench.log.files().get(3).begin()) + 1;
    while (bench.log.event(position - 1, _ -> true).isEmpty()) {
      position--; // A checkpoint.
    }
    bench.retention(Duration.ofSeconds(70), MUCH).sweep();
    assertThat(bench.log.first()).isGreaterThan(position);
    bench = bench.reopen(folder);
    assertThat(bench.log.gone()).isEqualTo(position);
    assertThat(pageAt(position)).isInstanceOf(Page.Events.class);
    assertThat(pageAt(position - 1)).isInstanceOf(Page.Gap.class);
  }

  @Test
  void oldFilesGoWhenTheDiskIsFullToo() {
    bench.files.refuse(true);
    bench.retention(Duration.ZERO, 0).sweep();
    assertThat(bench.log.files()).hasSize(1);
  }

  @Test
  void whatWasDeletedByOthersIsMissing() throws InterruptedException {
    long begin = bench.log.files().get(2).begin();
    bench.files.release(begin);
    bench = bench.reopen(folder);
    assertThat(bench.log.gone()).isEqualTo(begin);
  }

  @Test
  void thoseWhoNeedOldEventsAreToldBeforeTheyGo() {
    List<Long> told = new ArrayList<>();
    Retention retention = bench.retention(Duration.ofMinutes(3), MUCH);
    long wanted = bench.log.files().get(1).begin();
    retention.ask(mark(wanted, told, false));
    retention.ask(mark(Long.MAX_VALUE, told, true));
    retention.sweep();
    assertThat(told).containsExactly(bench.log.first());
    assertThat(bench.log.first()).isGreaterThan(wanted);
  }

  @Test
  void nothingGoesWhenThatCannotBeTold() {
    Retention retention = bench.retention(Duration.ZERO, 0);
    retention.ask(mark(0, new ArrayList<>(), true));
    retention.sweep();
    assertThat(bench.log.files()).hasSize(5);
  }

  private static LowWaterMark mark(long position, List<Long> told, boolean failing) {
    return new LowWaterMark() {
      @Override
      public long position() {
        return position;
      }

      @Override
      public void passing(long before) {
        if (failing) {
          throw new IllegalStateException("storage is away");
        }
        told.add(before);
      }
    };
  }

  private boolean newestFileSuffices() {
    return bench.writer.needed() >= bench.log.files().getLast().begin();
  }

  private Event first() throws InterruptedException {
    try (Reading reading = bench.events.open(Selection.of(ALPHA), new Start.Earliest())) {
      return read(reading, 1).getFirst();
    }
  }

  private Page pageAt(long position) throws InterruptedException {
    try (Reading reading = bench.events.open(Selection.of(ALPHA), new Start.At(position))) {
      return reading.next(9, Duration.ZERO);
    }
  }
}
