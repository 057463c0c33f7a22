package dev.switchboard.event.writing;

import static dev.switchboard.testing.EventBench.account;
import static dev.switchboard.testing.EventBench.readAll;
import static dev.switchboard.testing.EventBench.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.event.Event;
import dev.switchboard.event.EventDraft;
import dev.switchboard.event.WaitingEvent;
import dev.switchboard.event.reading.Page;
import dev.switchboard.event.reading.Reading;
import dev.switchboard.event.reading.Selection;
import dev.switchboard.event.reading.Start;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.TenantId;
import dev.switchboard.testing.EventBench;
import dev.switchboard.testing.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every committed event comes into the log, once, and nobody waits for it. */
@SuppressWarnings("NullAway.Init") // Each test opens its own.
class EventWriterTest {
  private static final AccountKey ALPHA = account("alpha");
  private static final AccountKey BETA = account("beta");
  private static final int FEW = 4;
  private static final WritingLimits NARROW =
      new WritingLimits(FEW, 1_000, FEW, 10, Duration.ofMillis(5));

  @TempDir private Path folder;
  private EventBench bench;

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void whatIsInTheLogIsDeletedFromStorage() throws Exception {
    bench = EventBench.open(folder);
    bench.tell(ALPHA, "a", "b");

    Eventually.until("nothing waits", () -> bench.outbox.size() == 0);
    assertThat(told()).containsExactly("a", "b");
  }

  @Test
  void theEndWaitsUntilItIsDeleted() throws Exception {
    bench = EventBench.open(folder);
    bench.tell(ALPHA, "a");
    bench.tell(ALPHA, "b");
    bench.writer.close();
    assertThat(bench.outbox.size()).isZero();
  }

  @Test
  void theEndDoesNotWaitForStorageThatIsAway() throws Exception {
    bench = EventBench.open(folder);
    bench.outbox.away(true);
    bench.tell(ALPHA, "a");
    long begin = System.nanoTime();
    bench.writer.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    assertThat(bench.outbox.size()).isOne();
  }

  @Test
  void moreThanMayWaitIsReadFromStorage() throws Exception {
    bench = EventBench.open(folder, NARROW, EventBench.READING);
    bench.files.refuse(true);
    for (int i = 0; i < 100; i++) { // Nobody waits, though nothing is written.
      bench.writer.committed(bench.outbox.stored(List.of(bench.draft(ALPHA, "e" + i))));
      assertThat(bench.writer.waiting()).isLessThanOrEqualTo(FEW);
    }
    bench.files.refuse(false);
    assertThat(await(100)).isEqualTo(IntStream.range(0, 100).mapToObj(i -> "e" + i).toList());
    Eventually.until("nothing waits", () -> bench.outbox.size() == 0);
  }

  @Test
  void largeEventsCountByTheirBytes() throws Exception {
    bench = EventBench.open(folder, NARROW, EventBench.READING);
    bench.files.refuse(true);
    String large = "x".repeat(700);
    List<String> texts = List.of(large + 1, large + 2, large + 3, large + 4);
    for (String text : texts) {
      bench.writer.committed(bench.outbox.stored(List.of(bench.draft(ALPHA, text))));
      assertThat(bench.writer.waiting()).isLessThanOrEqualTo(1);
    }
    bench.files.refuse(false);
    assertThat(await(4)).isEqualTo(texts);
  }

  @Test
  void aDoubtIsSettledByLookingIntoStorage() throws Exception {
    bench = EventBench.open(folder);
    bench.outbox.stored(List.of(bench.draft(ALPHA, "committed, and nobody knows")));
    bench.writer.inDoubt();
    assertThat(await(1)).containsExactly("committed, and nobody knows");
    int looks = bench.outbox.looks();
    bench.writer.inDoubt(); // Undone, as it turns out.
    Eventually.until("it looked", () -> bench.outbox.looks() > looks);
    bench.tell(ALPHA, "later");
    assertThat(told()).containsExactly("committed, and nobody knows", "later");
  }

  @Test
  void whatWasFoundInStorageIsNotWrittenAgainWhenItIsHandedOver() throws Exception {
    bench = EventBench.open(folder);
    List<WaitingEvent> late = bench.outbox.stored(List.of(bench.draft(ALPHA, "late")));
    long early = bench.outbox.nextId();
    bench.outbox.stored(List.of(bench.draft(BETA, "other")));
    bench.writer.inDoubt();
    assertThat(await(2)).containsExactly("late", "other");
    Eventually.until("nothing waits", () -> bench.outbox.size() == 0);

    bench.writer.committed(late);
    List<WaitingEvent> slow = List.of(new WaitingEvent(early, bench.draft(BETA, "slow")));
    bench.outbox.commit(slow);
    bench.writer.committed(slow);
    assertThat(await(3)).containsExactly("late", "other", "slow");
    bench.tell(ALPHA, "last");
    assertThat(told()).containsExactly("late", "other", "slow", "last");
  }

  @Test
  void aFullDiskLosesNothing() throws Exception {
    bench = EventBench.open(folder);
    bench.tell(ALPHA, "before");
    bench.files.refuse(true);
    bench.writer.committed(bench.outbox.stored(List.of(bench.draft(ALPHA, "meanwhile"))));
    Eventually.until("it tried", () -> bench.files.refused() > 2);
    assertThat(told()).containsExactly("before");
    bench.files.refuse(false);
    assertThat(await(2)).containsExactly("before", "meanwhile");
  }

  @Test
  void storageThatIsAwayIsLookedAtWhenItIsBack() throws Exception {
    bench = EventBench.open(folder);
    bench.outbox.away(true);
    bench.outbox.stored(List.of(bench.draft(ALPHA, "a")));
    bench.writer.inDoubt();
    bench.writer.committed(bench.outbox.stored(List.of(bench.draft(ALPHA, "b"))));
    bench.outbox.away(false);
    assertThat(await(2)).containsExactly("a", "b");
  }

  @Test
  void noMoreIsWrittenThanIsDeletedInTheEnd() throws Exception {
    bench = EventBench.open(folder, NARROW, EventBench.READING);
    bench.outbox.away(true);
    for (int i = 0; i < 50; i++) {
      bench.writer.committed(bench.outbox.stored(List.of(bench.draft(ALPHA, "e" + i))));
    }
    Eventually.until("as many as may be", () -> told().size() >= FEW);
    assertThat(told().size()).as("in the log and in storage").isLessThanOrEqualTo(2 * FEW);
    bench.outbox.away(false);
    assertThat(await(50)).isEqualTo(IntStream.range(0, 50).mapToObj(i -> "e" + i).toList());
  }

  @Test
  void aStartWritesWhatWaitsAndOnlyThat() throws Exception {
    bench = EventBench.open(folder);
    bench.outbox.away(true); // What is written cannot be deleted.
    List<WaitingEvent> events =
        bench.outbox.stored(List.of(bench.draft(ALPHA, "a"), bench.draft(ALPHA, "b")));
    bench.writer.committed(events);
    assertThat(await(2)).hasSize(2);
    bench.close();
    bench.outbox.stored(List.of(bench.draft(ALPHA, "c")));
    bench.outbox.away(false);

    bench = bench.reopen(folder);
    assertThat(told()).containsExactly("a", "b", "c");
    assertThat(bench.outbox.size()).isZero();
    bench = bench.reopen(folder);
    bench.tell(ALPHA, "d");
    assertThat(told()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aStartReadsBackToTheLastCheckpointOnly() throws Exception {
    WritingLimits often = new WritingLimits(10_000, 1 << 20, 10_000, 100, Duration.ofMillis(5));
    bench = EventBench.open(folder, often, EventBench.READING);
    int count = 70_000; // More than a stretch of the index, which is read in any case.
    List<EventDraft> drafts = new ArrayList<>();
    bench.tell(BETA, "first");
    for (int i = 0; i < count; i++) {
      drafts.add(bench.draft(ALPHA, "x"));
      if (drafts.size() == 5_000) {
        bench.tell(drafts);
        drafts.clear();
      }
    }
    bench = bench.reopen(folder);
    assertThat(bench.log.entriesRead()).isLessThan(10_000);
    try (Reading reading = bench.events.open(Selection.of(TenantId.DEFAULT), new Start.Latest())) {
      bench.tell(BETA, "second");
      bench.tell(ALPHA, "y");
      assertThat(readAll(reading, 2)).extracting(Event::sequence).containsExactly(2L, count + 1L);
    }
  }

  /** What is in the log so far. */
  private List<String> told() {
    try (Reading reading =
        bench.events.open(Selection.of(TenantId.DEFAULT), new Start.Earliest())) {
      List<Event> events = new ArrayList<>();
      while (reading.next(1_000, Duration.ZERO) instanceof Page.Events(var found, long _)
          && !found.isEmpty()) {
        events.addAll(found);
      }
      return texts(events);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> await(int count) throws InterruptedException {
    try (Reading reading =
        bench.events.open(Selection.of(TenantId.DEFAULT), new Start.Earliest())) {
      return texts(readAll(reading, count));
    }
  }
}
