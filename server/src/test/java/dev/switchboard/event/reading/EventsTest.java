package dev.switchboard.event.reading;

import static dev.switchboard.testing.EventBench.account;
import static dev.switchboard.testing.EventBench.read;
import static dev.switchboard.testing.EventBench.readAll;
import static dev.switchboard.testing.EventBench.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.event.Event;
import dev.switchboard.event.EventDraft;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.event.EventKind;
import dev.switchboard.testing.EventBench;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who reads what, from memory and from the log. */
class EventsTest {
  private static final Duration NOW = Duration.ZERO;
  private static final AccountKey ALPHA = account("alpha");
  private static final AccountKey BETA = account("beta");
  private static final AccountKey OTHER =
      new AccountKey(new TenantId("other"), new InstanceId("alpha"));
  private static final Start EARLIEST = new Start.Earliest();
  private static final Start LATEST = new Start.Latest();

  @TempDir private Path folder;
  private EventBench bench;

  @BeforeEach
  void open() throws InterruptedException {
    bench = EventBench.open(folder);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void eachInstanceCountsItsEventsFromOne() throws InterruptedException {
    try (Reading reading = bench.events.open(Selection.of(TenantId.DEFAULT), LATEST)) {
      bench.tell(ALPHA, "a", "b");
      bench.tell(BETA, "c");
      bench.tell(ALPHA, "d");

      List<Event> events = readAll(reading, 4);
      assertThat(texts(events)).containsExactly("a", "b", "c", "d");
      assertThat(events).extracting(Event::sequence).containsExactly(1L, 2L, 1L, 3L);
      assertThat(events).extracting(Event::position).isSorted().doesNotHaveDuplicates();
      assertThat(events).extracting(Event::recordedAt).containsOnly(bench.clock.instant());
    }
  }

  @Test
  void aReaderGetsWhatItSelected() throws InterruptedException {
    Selection ofAlpha = Selection.of(ALPHA);
    Selection locks =
        Selection.of(TenantId.DEFAULT).withKinds(Set.of(EventKind.REACHOUT_LOCK_CHANGED));
    Selection ofChat =
        Selection.of(TenantId.DEFAULT).withAlso(event -> texts(List.of(event)).contains("b"));
    EventDraft lock =
        new EventDraft(BETA, EventKind.REACHOUT_LOCK_CHANGED, Instant.EPOCH, new byte[] {'l'});
    for (Start start : List.of(LATEST, EARLIEST)) {
      try (Reading alpha = bench.events.open(ofAlpha, start);
          Reading kind = bench.events.open(locks, start);
          Reading chat = bench.events.open(ofChat, start);
          Reading other = bench.events.open(Selection.of(OTHER), start)) {
        if (start.equals(LATEST)) {
          bench.tell(OTHER, "o");
          bench.tell(BETA, "b");
          bench.tell(ALPHA, "a");
          bench.tell(List.of(lock));
        }
        assertThat(texts(read(alpha, 9))).containsExactly("a");
        assertThat(texts(read(kind, 9))).containsExactly("l");
        assertThat(texts(read(chat, 9))).containsExactly("b");
        assertThat(texts(read(other, 9))).containsExactly("o");
        for (Reading reading : List.of(alpha, kind, chat, other)) {
          assertNothing(reading);
        }
      }
      bench = bench.reopen(folder); // The second time from the log.
    }
  }

  @Test
  void aReaderThatFellOutOfMemoryReadsFromTheLog() throws InterruptedException {
    try (Reading reading = bench.events.open(Selection.of(ALPHA), LATEST)) {
      bench.tell(ALPHA, "first");
      bench.tell(numbered(BETA, 3 * EventBench.READING.recentEvents()));
      bench.tell(ALPHA, "last");

      List<Event> events = readAll(reading, 2);
      assertThat(texts(events)).containsExactly("first", "last");
      assertThat(events).extracting(Event::sequence).containsExactly(1L, 2L);
    }
  }

  @Test
  void whatIsOldLeavesMemoryAndIsReadFromTheLog() throws InterruptedException {
    try (Reading reading = bench.events.open(Selection.of(ALPHA), LATEST)) {
      bench.tell(ALPHA, "old");
      bench.clock.advance(EventBench.READING.recentKept());
      bench.tell(ALPHA, "young");
      bench.events.sweep(bench.clock.instant().plusMillis(1));
      assertThat(bench.events.inMemory()).isEqualTo(1);

      assertThat(texts(readAll(reading, 2))).containsExactly("old", "young");
      bench.events.sweep(bench.clock.instant().plus(EventBench.READING.recentKept()).plusMillis(1));
      assertThat(bench.events.inMemory()).isZero();
      bench.tell(ALPHA, "new");
      assertThat(texts(readAll(reading, 1))).containsExactly("new");
    }
  }

  @Test
  void aReaderGoesOnWhereItWas() throws InterruptedException {
    bench.tell(ALPHA, "a", "b", "c");
    long position;
    try (Reading reading = bench.events.open(Selection.of(ALPHA), EARLIEST)) {
      position = read(reading, 1).getFirst().position() + 1;
    }
    bench = bench.reopen(folder);
    bench.tell(ALPHA, "d");
    try (Reading reading = bench.events.open(Selection.of(ALPHA), new Start.At(position))) {
      assertThat(texts(readAll(reading, 3))).containsExactly("b", "c", "d");
      assertNothing(reading);
    }
  }

  @Test
  void aReaderBeginsAtATime() throws InterruptedException {
    List<Instant> times = new ArrayList<>();
    for (int i = 0; i < 6; i++) { // Two in each file of a minute.
      bench.clock.advance(Duration.ofSeconds(30));
      times.add(bench.clock.instant());
      bench.tell(ALPHA, "x" + i, "y" + i);
    }
    assertThat(firstSince(times.get(0).minusSeconds(999))).isEqualTo("x0");
    for (int i = 0; i < 6; i++) {
      assertThat(firstSince(times.get(i))).isEqualTo("x" + i);
      assertThat(firstSince(times.get(i).minusMillis(1))).isEqualTo("x" + i);
    }
    Start later = new Start.Since(times.get(5).plusMillis(1));
    try (Reading reading = bench.events.open(Selection.of(ALPHA), later)) {
      assertNothing(reading);
      bench.tell(ALPHA, "z");
      assertThat(texts(read(reading, 1))).containsExactly("z");
    }
  }

  @Test
  void onlyThoseWhomItConcernsAreWoken() throws Exception {
    try (Reading alpha = bench.events.open(Selection.of(ALPHA), LATEST);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long before = alpha.position();
      Future<Page> waiting = threads.submit(() -> alpha.next(9, Duration.ofSeconds(20)));
      bench.tell(BETA, "b");
      bench.tell(List.of(bench.draft(OTHER, "o")));
      assertThat(alpha.position()).as("it was not woken").isEqualTo(before);
      bench.tell(ALPHA, "a");
      assertThat(waiting.get())
          .isInstanceOfSatisfying(
              Page.Events.class, page -> assertThat(texts(page.events())).containsExactly("a"));
    }
  }

  @Test
  void aQuietReaderPassesOverWhatOthersWere() throws InterruptedException {
    try (Reading alpha = bench.events.open(Selection.of(ALPHA), LATEST)) {
      assertNothing(alpha);
      bench.tell(numbered(BETA, 3 * EventBench.READING.recentEvents()));
      long read = bench.log.entriesRead();
      bench.tell(ALPHA, "a");
      assertThat(texts(read(alpha, 1))).containsExactly("a");
      assertThat(bench.log.entriesRead()).as("nothing was read from the log").isEqualTo(read);
    }
  }

  @Test
  void aSleeperGetsTwoHundredThousandEventsInOrder() throws InterruptedException {
    int count = 200_000;
    AccountKey[] accounts =
        IntStream.range(0, 10).mapToObj(i -> account("n" + i)).toArray(AccountKey[]::new);
    try (Reading all = bench.events.open(Selection.of(TenantId.DEFAULT), LATEST);
        Reading one = bench.events.open(Selection.of(accounts[3]), LATEST)) {
      for (int i = 0; i < count; i += 1_000) {
        int begin = i;
        bench.tell(
            IntStream.range(begin, begin + 1_000)
                .mapToObj(n -> bench.draft(accounts[n % 10], Integer.toString(n)))
                .toList());
        if (i % 40_000 == 0) {
          bench.clock.advance(Duration.ofMinutes(1));
        }
      }
      long read = bench.log.entriesRead();
      assertThat(texts(readAll(one, count / 10)))
          .isEqualTo(
              IntStream.range(0, count / 10).mapToObj(n -> Integer.toString(10 * n + 3)).toList());
      assertThat(bench.log.entriesRead() - read)
          .as("its own entries, and each entry once to know where they are")
          .isLessThan(count + 2 * count / 10);
      List<Event> events = readAll(all, count);
      assertThat(texts(events))
          .isEqualTo(IntStream.range(0, count).mapToObj(Integer::toString).toList());
      for (AccountKey account : accounts) {
        List<Long> sequences =
            events.stream()
                .filter(event -> event.account().equals(account))
                .map(Event::sequence)
                .toList();
        assertThat(sequences).isEqualTo(upTo(count / 10));
      }
    }
  }

  @Test
  void aThousandReadersThatFellBehindReadTheirOwnOnly() throws InterruptedException {
    int readers = 1_000;
    int rounds = 20;
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < readers; i++) {
      readings.add(bench.events.open(Selection.of(account("n" + i)), LATEST));
    }
    for (int round = 0; round < rounds; round++) {
      int number = round;
      bench.tell(
          IntStream.range(0, readers)
              .mapToObj(i -> bench.draft(account("n" + i), "r" + number))
              .toList());
      bench.clock.advance(Duration.ofSeconds(10));
    }
    readings.forEach(Reading::close);
    long before = bench.log.entriesRead();
    for (int i = 0; i < readers; i++) {
      try (Reading reading = bench.events.open(Selection.of(account("n" + i)), EARLIEST)) {
        assertThat(readAll(reading, rounds)).extracting(Event::sequence).isEqualTo(upTo(rounds));
      }
    }
    assertThat(bench.log.entriesRead() - before)
        .as("each entry once to know where it is, once to read it, and a checkpoint here and there")
        .isLessThan(2L * readers * rounds + 1_000);
  }

  @Test
  void aReaderThatStallsDelaysNobody() throws InterruptedException {
    List<Reading> stalled = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      stalled.add(bench.events.open(Selection.of(TenantId.DEFAULT), LATEST));
    }
    try (Reading quick = bench.events.open(Selection.of(TenantId.DEFAULT), LATEST)) {
      for (int i = 0; i < 20; i++) {
        bench.tell(numbered(ALPHA, 200));
        assertThat(readAll(quick, 200)).hasSize(200);
      }
    }
    for (Reading reading : stalled) {
      assertThat(read(reading, 5)).extracting(Event::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
      reading.close();
    }
    assertThat(bench.events.readers()).isZero();
  }

  @Test
  void aGapIsToldWhenRetentionPassedAReader() throws InterruptedException {
    bench.tell(ALPHA, "a");
    try (Reading reading = bench.events.open(Selection.of(ALPHA), EARLIEST);
        Reading beside = bench.events.open(Selection.of(BETA), LATEST)) {
      assertNothing(beside);
      bench.tell(numbered(ALPHA, EventBench.READING.recentEvents()));
      bench.clock.advance(Duration.ofMinutes(2));
      bench.tell(ALPHA, "b");
      bench.clock.advance(Duration.ofMinutes(2));
      bench.tell(numbered(ALPHA, EventBench.READING.recentEvents()));
      bench.tell(BETA, "c");
      bench.retention(Duration.ofMinutes(2), 1 << 30).sweep();

      Page page = reading.next(1, NOW);
      assertThat(page).isInstanceOf(Page.Gap.class);
      assertThat(page.next()).isEqualTo(bench.events.first());
      assertThat(texts(read(reading, 1))).containsExactly("b");
      assertThat(texts(read(beside, 1))).as("misses nothing").containsExactly("c");
    }
    try (Reading earliest = bench.events.open(Selection.of(ALPHA), EARLIEST)) {
      assertThat(texts(read(earliest, 1))).containsExactly("b");
    }
  }

  @Test
  void noMoreReadersThanTheLimit() throws InterruptedException {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < EventBench.READING.readers(); i++) {
      readings.add(bench.events.open(Selection.of(ALPHA), LATEST));
    }
    assertThatThrownBy(() -> bench.events.open(Selection.of(ALPHA), LATEST))
        .isInstanceOfSatisfying(
            GatewayException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.TOO_MANY_SUBSCRIBERS);
              assertThat(e.retryAfter()).isPresent();
            });
    readings.getFirst().close();
    readings.getFirst().close();
    bench.events.open(Selection.of(ALPHA), LATEST).close();
    readings.forEach(Reading::close);
    assertThat(bench.events.readers()).isZero();
  }

  @Test
  void theEndOfTheServerEndsEveryReading() throws Exception {
    try (Reading reading = bench.events.open(Selection.of(ALPHA), LATEST);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Page> waiting = threads.submit(() -> reading.next(1, Duration.ofSeconds(20)));
      bench.events.shutDown();
      assertThatThrownBy(waiting::get)
          .hasCauseInstanceOf(GatewayException.class)
          .hasMessageContaining("shutting down");
    }
  }

  @Test
  void aPageTakesAtMostAMegabyteButOneEventAtLeast() throws InterruptedException {
    String large = "x".repeat(700_000);
    try (Reading reading = bench.events.open(Selection.of(ALPHA), LATEST)) {
      bench.tell(ALPHA, large, large, "small");
      assertThat(read(reading, 9)).hasSize(1);
      assertThat(read(reading, 9)).hasSize(2);
    }
  }

  private String firstSince(Instant time) throws InterruptedException {
    try (Reading reading = bench.events.open(Selection.of(ALPHA), new Start.Since(time))) {
      return new String(read(reading, 1).getFirst().content(), StandardCharsets.UTF_8);
    }
  }

  private List<EventDraft> numbered(AccountKey account, int count) {
    return IntStream.range(0, count).mapToObj(n -> bench.draft(account, "n" + n)).toList();
  }

  private static List<Long> upTo(int count) {
    return LongStream.rangeClosed(1, count).boxed().toList();
  }

  private static void assertNothing(Reading reading) throws InterruptedException {
    assertThat(reading.next(9, NOW))
        .isInstanceOfSatisfying(Page.Events.class, page -> assertThat(page.events()).isEmpty());
  }
}
