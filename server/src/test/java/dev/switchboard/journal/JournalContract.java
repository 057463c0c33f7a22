package dev.switchboard.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.SampleEntries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every journal promises. */
public abstract class JournalContract {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration NOW = Duration.ofMillis(1);

  private Journal journal;

  /** A journal that holds nothing, whose first file takes all entries until {@link #nextFile}. */
  protected abstract Journal open() throws Exception;

  /** The same journal after a restart. */
  protected abstract Journal reopen(Journal closed) throws Exception;

  /** What is appended from here on lies in another file. */
  protected abstract void nextFile(Journal open) throws Exception;

  /** Whether nothing is answered before the device has it. */
  protected boolean waitsForTheDevice() {
    return true;
  }

  @BeforeEach
  void start() throws Exception {
    journal = open();
  }

  @AfterEach
  void end() {
    journal.close();
  }

  @Test
  void aFreshJournalHasNothing() throws InterruptedException {
    assertThat(journal.first()).isEqualTo(journal.end());
    try (Tail tail = journal.tail(0)) {
      assertThat(tail.next(10, NOW)).isEmpty();
    }
  }

  @Test
  void positionsAscend() throws InterruptedException {
    long first = append("A");
    long second = append("B");
    List<Long> more = journal.appendAll(List.of(entry("C"), entry("D")));

    assertThat(List.of(first, second, more.get(0), more.get(1))).isSorted().doesNotHaveDuplicates();
    assertThat(journal.end()).isGreaterThan(more.get(1));
    assertThat(journal.first()).isLessThanOrEqualTo(first);
  }

  @Test
  void anEmptyListIsAppendedAtOnce() throws InterruptedException {
    assertThat(journal.appendAll(List.of())).isEmpty();
  }

  @Test
  void whatWasAppendedIsReadBack() throws InterruptedException {
    List<JournalEntry> entries = SampleEntries.everyType();
    List<Long> positions = journal.appendAll(entries);

    for (int i = 0; i < entries.size(); i++) {
      assertSame(journal.read(positions.get(i)).orElseThrow(), entries.get(i));
    }
  }

  @Test
  void aTailDeliversEverythingInOrder() throws InterruptedException {
    List<JournalEntry> entries = SampleEntries.everyType();
    List<Long> positions = journal.appendAll(entries);

    try (Tail tail = journal.tail(journal.first())) {
      List<Positioned> read = read(tail, entries.size());
      assertThat(read).extracting(Positioned::position).isEqualTo(positions);
      for (int i = 0; i < entries.size(); i++) {
        assertSame(read.get(i).entry(), entries.get(i));
      }
      assertThat(tail.next(10, NOW)).isEmpty();
    }
  }

  @Test
  void aTailDeliversNoMoreThanAskedFor() throws InterruptedException {
    journal.appendAll(List.of(entry("A"), entry("B"), entry("C")));

    try (Tail tail = journal.tail(0)) {
      assertThat(ids(tail.next(2, SOON))).containsExactly("A", "B");
      assertThat(ids(tail.next(2, SOON))).containsExactly("C");
    }
  }

  @Test
  void aTailBeginsWhereItIsTold() throws InterruptedException {
    append("A");
    long second = append("B");
    append("C");

    assertThat(idsFrom(second, 2)).containsExactly("B", "C");
    assertThat(idsFrom(second + 1, 1)).containsExactly("C");
  }

  @Test
  void aTailFromTheEndSeesOnlyWhatComes() throws InterruptedException {
    append("A");
    try (Tail tail = journal.tail(journal.end())) {
      assertThat(tail.next(10, NOW)).isEmpty();
      append("B");
      assertThat(ids(tail.next(10, SOON))).containsExactly("B");
    }
  }

  @Test
  void aWaitingTailIsWoken() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Tail tail = journal.tail(0)) {
      Future<List<Positioned>> read = threads.submit(() -> tail.next(10, SOON));
      append("A");
      assertThat(ids(read.get())).containsExactly("A");
    }
  }

  @Test
  void tailsAreIndependent() throws InterruptedException {
    journal.appendAll(List.of(entry("A"), entry("B")));
    try (Tail one = journal.tail(0);
        Tail other = journal.tail(0)) {
      assertThat(ids(one.next(10, SOON))).containsExactly("A", "B");
      assertThat(ids(other.next(10, SOON))).containsExactly("A", "B");
    }
  }

  @Test
  void aRestartKeepsEverything() throws Exception {
    String id = journal.id();
    long first = append("A");
    long second = append("B");
    long end = journal.end();

    journal = reopen(journal);

    assertThat(journal.id()).isEqualTo(id);
    assertThat(journal.end()).isGreaterThan(second).isLessThanOrEqualTo(end);
    assertThat(idsFrom(0, 2)).containsExactly("A", "B");
    assertSame(journal.read(first).orElseThrow(), entry("A"));
    assertThat(append("C")).isGreaterThan(second);
    assertThat(idsFrom(second, 2)).containsExactly("B", "C");
  }

  @Test
  void tailsAndReadsCrossFiles() throws Exception {
    long first = append("A");
    nextFile(journal);
    long second = append("B");
    nextFile(journal);
    long third = append("C");

    assertThat(List.of(first, second, third)).isSorted();
    assertThat(idsFrom(0, 3)).containsExactly("A", "B", "C");
    assertThat(idsFrom(first + 1, 2)).containsExactly("B", "C");
    assertSame(journal.read(first).orElseThrow(), entry("A"));
    assertThat(journal.status().files()).isEqualTo(3);
    journal = reopen(journal);
    assertThat(idsFrom(first + 1, 2)).containsExactly("B", "C");
  }

  @Test
  void aTailGoesOnIntoTheNextFile() throws Exception {
    append("A");
    try (Tail tail = journal.tail(0)) {
      assertThat(ids(tail.next(10, SOON))).containsExactly("A");
      nextFile(journal);
      append("B");
      assertThat(ids(tail.next(10, SOON))).containsExactly("B");
    }
  }

  @Test
  void whatIsOldLiesBeforeTheLastFiles() throws Exception {
    append("A");
    nextFile(journal);
    long second = append("B");
    nextFile(journal);
    append("C");

    assertThat(ids(idsOf(journal.beginningOfLast(1), 1))).containsExactly("C");
    assertThat(journal.beginningOfLast(2)).isLessThanOrEqualTo(second);
    assertThat(ids(idsOf(journal.beginningOfLast(2), 2))).containsExactly("B", "C");
    assertThat(journal.beginningOfLast(9)).isEqualTo(journal.first());
  }

  @Test
  void releaseDeletesWholeFilesBeforeAPosition() throws Exception {
    long first = append("A");
    nextFile(journal);
    long second = append("B");
    long third = append("C");
    nextFile(journal);
    append("D");

    journal.release(third);

    assertThat(journal.read(first)).isEmpty();
    assertThat(journal.first()).isGreaterThan(first).isLessThanOrEqualTo(second);
    assertThat(idsFrom(0, 3)).as("B shares the file of C").containsExactly("B", "C", "D");
    assertThat(idsFrom(first, 3)).containsExactly("B", "C", "D");
    assertThat(journal.status().files()).isEqualTo(2);
  }

  @Test
  void theFileThatIsWrittenToIsNotDeleted() throws Exception {
    append("A");
    nextFile(journal);
    long second = append("B");

    journal.release(journal.end() + 1_000_000);

    assertSame(journal.read(second).orElseThrow(), entry("B"));
    append("C");
    assertThat(idsFrom(0, 2)).containsExactly("B", "C");
  }

  @Test
  void whatWasReleasedStaysAwayAfterARestart() throws Exception {
    append("A");
    nextFile(journal);
    long second = append("B");
    journal.release(second);

    journal = reopen(journal);

    assertThat(idsFrom(0, 1)).containsExactly("B");
    assertThat(append("C")).isGreaterThan(second);
  }

  @Test
  void manyCallersAppendAtOnce() throws Exception {
    int callers = 50;
    int each = 20;
    Set<Long> positions = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<List<Long>> appended :
          threads.invokeAll(
              IntStream.range(0, callers).mapToObj(caller -> appending(caller, each)).toList())) {
        assertThat(appended.get()).isSorted();
        positions.addAll(appended.get());
      }
    }
    assertThat(positions).hasSize(callers * each);
    try (Tail tail = journal.tail(0)) {
      List<Positioned> read = read(tail, callers * each);
      assertThat(read).extracting(Positioned::position).isSorted();
      assertThat(new HashSet<>(ids(read))).hasSize(callers * each);
    }
    assertThat(journal.status().appended()).isEqualTo((long) callers * each);
    assertThat(journal.status().flushes() > 0).isEqualTo(waitsForTheDevice());
  }

  @Test
  void manyThreadsReadAtOnce() throws Exception {
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      positions.add(append("M" + i));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> reads = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        int which = i % 50;
        reads.add(
            threads.submit(() ->
                assertSame(journal.read(positions.get(which)).orElseThrow(), entry("M" + which))));
      }
      for (Future<?> read : reads) {
        read.get();
      }
    }
  }

  @Test
  void closingAnswersEveryCaller() throws Exception {
    AtomicInteger kept = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int caller = 0; caller < 20; caller++) {
        var _ = threads.submit(() -> appendUntilRefused(kept, refused));
      }
      Eventually.until("some are appended", () -> kept.get() > 100);
      journal.close();
    }
    assertThat(refused).hasValue(20);
    journal = reopen(journal);
    try (Tail tail = journal.tail(0)) {
      assertThat(read(tail, kept.get())).hasSize(kept.get());
      assertThat(tail.next(1, NOW)).isEmpty();
    }
  }

  @Test
  void aClosedJournalRefuses() throws InterruptedException {
    Tail tail = journal.tail(0);
    journal.close();

    assertThatThrownBy(() -> append("A"))
        .isInstanceOfSatisfying(
            GatewayException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.JOURNAL_UNAVAILABLE));
    assertThatThrownBy(() -> tail.next(1, NOW)).isInstanceOf(IllegalStateException.class);
    assertThat(journal.status().writable()).isFalse();
  }

  @Test
  void aCallerThatIsInterruptedBeforehandAppendsNothing() throws InterruptedException {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> append("A")).isInstanceOf(InterruptedException.class);
    append("B");
    assertThat(idsFrom(0, 1)).containsExactly("B");
  }

  private Callable<List<Long>> appending(int caller, int each) {
    return () -> {
      List<Long> positions = new ArrayList<>();
      for (int i = 0; i < each; i++) {
        positions.add(append("C" + caller + "-" + i));
      }
      return positions;
    };
  }

  private Void appendUntilRefused(AtomicInteger kept, AtomicInteger refused)
      throws InterruptedException {
    try {
      while (true) {
        append("X");
        kept.incrementAndGet();
      }
    } catch (GatewayException e) {
      refused.incrementAndGet();
      return null;
    }
  }

  private long append(String id) throws InterruptedException {
    return journal.append(entry(id));
  }

  private static JournalEntry entry(String id) {
    return SampleEntries.accepted(id);
  }

  private List<String> idsFrom(long position, int count) throws InterruptedException {
    return ids(idsOf(position, count));
  }

  private List<Positioned> idsOf(long position, int count) throws InterruptedException {
    try (Tail tail = journal.tail(position)) {
      return read(tail, count);
    }
  }

  /** Reads so many; fewer come only when the test fails. */
  private static List<Positioned> read(Tail tail, int count) throws InterruptedException {
    List<Positioned> read = new ArrayList<>();
    while (read.size() < count) {
      List<Positioned> more = tail.next(count - read.size(), SOON);
      if (more.isEmpty()) {
        break;
      }
      read.addAll(more);
    }
    return read;
  }

  private static List<String> ids(List<Positioned> entries) {
    return entries.stream()
        .map(entry -> ((JournalEntry.Accepted) entry.entry()).id().value())
        .toList();
  }

  private static void assertSame(JournalEntry actual, JournalEntry expected) {
    assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
  }
}
