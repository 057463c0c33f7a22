package dev.switchboard.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalEntry.Cancelled;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.SampleEntries;
import dev.switchboard.testing.Samples;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProjectorTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration AT_ONCE = Duration.ofMillis(20);
  private static final RecordKey KEY = new RecordKey(RecordKind.SESSION, "a");

  private final ListJournal journal = new ListJournal();
  private final ScriptedProjectionStore store = new ScriptedProjectionStore();
  private final List<Projector> started = new ArrayList<>();
  private PendingRecords pending = pending(1 << 20);

  @AfterEach
  void close() {
    started.forEach(Projector::close);
  }

  @Test
  void appliesEverythingOnceInOrder() throws Exception {
    Projector projector = start(ProjectionLimits.DEFAULT);
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      positions.add(journal.append(sent(i)));
    }

    assertThat(projector.awaitProjected(journal.end(), SOON)).isTrue();
    assertThat(store.applied).isEqualTo(positions);
    assertThat(store.batches).allMatch(size -> size <= 1_000);
    assertThat(projector.lag()).isZero();
  }

  @Test
  void goesOnWhereItEnded() throws Exception {
    Projector first = start(ProjectionLimits.DEFAULT);
    journal.append(sent(1));
    assertThat(first.awaitProjected(journal.end(), SOON)).isTrue();
    first.close();
    long second = journal.append(sent(2));

    Projector next = start(ProjectionLimits.DEFAULT);
    assertThat(next.awaitProjected(journal.end(), SOON)).isTrue();
    assertThat(store.applied).hasSize(2).endsWith(second);
  }

  @Test
  void waitsWhileStorageIsAwayAndRefusesBeyondTheBound() throws Exception {
    Projector projector = start(ProjectionLimits.DEFAULT.withLagEntries(3));
    store.away = true;
    for (int i = 0; i < 3; i++) {
      journal.append(sent(i));
    }
    projector.admit();
    journal.append(sent(3));
    Eventually.until("admission sees the lag", () -> !admits(projector));
    assertThat(projector.awaitProjected(journal.end(), AT_ONCE)).isFalse();

    store.away = false;
    assertThat(projector.awaitProjected(journal.end(), SOON)).isTrue();
    assertThat(store.applied).hasSize(4);
    Eventually.until("admission sees the end of the lag", () -> admits(projector));
  }

  @Test
  void refusesReadersThatWouldSeeWhatIsNoLongerTrue() throws Exception {
    Projector projector = start(ProjectionLimits.DEFAULT);
    store.away = true;
    journal.append(sent(0));
    long end = journal.end();

    GatewayException refused =
        catchThrowableOfType(
            GatewayException.class, () -> projector.requireProjected(end, AT_ONCE));
    assertThat(refused.reason()).isEqualTo(Reason.STORAGE_UNAVAILABLE);
    assertThat(refused.retryAfter()).isPresent();

    store.away = false;
    projector.requireProjected(end, SOON);
    assertThat(store.applied).hasSize(1);
  }

  private static boolean admits(Projector projector) {
    GatewayException refused = catchThrowableOfType(GatewayException.class, projector::admit);
    if (refused != null) {
      assertThat(refused.reason()).isEqualTo(Reason.STORAGE_UNAVAILABLE);
      assertThat(refused.retryAfter()).isPresent();
    }
    return refused == null;
  }

  @Test
  void putsAsideOnlyTheEntryThatCannotBeApplied() throws Exception {
    store.poison = Set.of(id(37), id(64));
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      positions.add(journal.append(sent(i)));
    }
    Projector projector = start(ProjectionLimits.DEFAULT);

    assertThat(projector.awaitProjected(journal.end(), SOON)).isTrue();
    assertThat(store.setAside).containsExactly(positions.get(37), positions.get(64));
    assertThat(projector.setAside()).isEqualTo(2);
    positions.removeAll(store.setAside);
    assertThat(store.applied).isEqualTo(positions);
  }

  @Test
  void endsInTimeWhileStorageIsAway() throws Exception {
    Projector projector = start(ProjectionLimits.DEFAULT);
    store.away = true;
    journal.append(sent(1));
    projector.close();

    assertThat(store.applied).isEmpty();
  }

  @Test
  void keepsRecordsPendingUntilTheyAreStored() throws Exception {
    Projector projector = start(ProjectionLimits.DEFAULT);
    store.away = true;
    pending.attempted(journal, attempted(new byte[] {1}));
    assertThat(pending.find(Samples.ACCOUNT, KEY)).isPresent();
    assertThat(pending.bytes()).isPositive();

    store.away = false;
    assertThat(projector.awaitProjected(journal.end(), SOON)).isTrue();
    assertThat(pending.find(Samples.ACCOUNT, KEY)).isEmpty();
    assertThat(pending.bytes()).isZero();
  }

  @Test
  void makesRecordsPendingAgainAfterAStart() throws Exception {
    journal.append(attempted(new byte[] {1}));
    journal.append(attempted(new byte[] {2}));
    pending = pending(1 << 20);
    new Recovery(journal, store, pending).run(journal.first());

    assertThat(pending.find(Samples.ACCOUNT, KEY).orElseThrow())
        .isInstanceOfSatisfying(
            RecordChange.Put.class, put -> assertThat(put.value()).containsExactly(2));
  }

  @Test
  void refusesAttemptsWhenTooMuchIsPending() {
    pending = pending(2_000);
    pending.attempted(journal, attempted(new byte[1_000]));
    long end = journal.end();

    GatewayException refused =
        catchThrowableOfType(
            GatewayException.class, () -> pending.attempted(journal, attempted(new byte[1_000])));
    assertThat(refused.reason()).isEqualTo(Reason.STORAGE_UNAVAILABLE);
    assertThat(refused.retryAfter()).isPresent();
    assertThat(journal.end()).isEqualTo(end);
  }

  @Test
  void appendsAttemptOfAnInterruptedThreadAllTheSame() {
    pending = pending(1 << 20);
    Thread.currentThread().interrupt();
    long position = pending.attempted(journal, attempted(new byte[] {1}));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(journal.read(position)).isPresent();
    assertThat(pending.find(Samples.ACCOUNT, KEY)).isPresent();
  }

  @Test
  void failsWhatTheJournalLostAndAppliesWhatTakesItsPlace() throws Exception {
    journal.append(SampleEntries.accepted("kept"));
    journal.append(SampleEntries.accepted("finished"));
    journal.append(new Cancelled(Samples.ACCOUNT, new MessageId("finished"), Samples.NOW));
    store.reached(journal.end() + 100);
    store.waiting = ids("kept", "lost", "finished");

    Projector projector = start(ProjectionLimits.DEFAULT);

    assertThat(store.failed)
        .extracting(failed -> failed.id().value())
        .as("given another chance, one that was finished waits again; that was lost")
        .containsExactlyInAnyOrder("lost", "finished");
    assertThat(store.failed)
        .allMatch(failed -> failed.failure().cause() == FailureCause.OUTCOME_UNKNOWN);
    long next = journal.append(sent(1));
    assertThat(projector.awaitProjected(journal.end(), SOON)).isTrue();
    assertThat(store.applied).containsExactly(next);
  }

  @Test
  void failsThousandsInGroups() throws Exception {
    store.reached(journal.end() + 1);
    store.waiting =
        IntStream.range(0, 2_500)
            .mapToObj(i -> new MessageId("lost" + i))
            .collect(Collectors.toUnmodifiableSet());

    var _ = start(ProjectionLimits.DEFAULT);

    assertThat(store.failed).hasSize(2_500).doesNotHaveDuplicates();
    assertThat(store.failedAtOnce).isEqualTo(1_000);
  }

  @Test
  void looksForNothingLostWhereTheJournalIsWhole() throws Exception {
    journal.append(SampleEntries.accepted("kept"));
    store.reached(journal.end());
    store.waiting = ids("anything");

    var _ = start(ProjectionLimits.DEFAULT);

    assertThat(store.failed).isEmpty();
  }

  private static Set<MessageId> ids(String... ids) {
    return Stream.of(ids).map(MessageId::new).collect(Collectors.toUnmodifiableSet());
  }

  private Projector start(ProjectionLimits limits) throws InterruptedException {
    pending = pending(1 << 20);
    Projector projector = new Projector(journal, store, pending, limits, InstantSource.system());
    projector.start();
    started.add(projector);
    return projector;
  }

  private PendingRecords pending(long limit) {
    return new PendingRecords(
        new RecordCache(1 << 20, Duration.ofMinutes(5), InstantSource.system()),
        journal::end,
        limit);
  }

  private static MessageId id(int number) {
    return new MessageId("3EB0" + number);
  }

  private static JournalEntry sent(int number) {
    return new JournalEntry.Sent(Samples.ACCOUNT, id(number), Samples.BOB, Samples.NOW);
  }

  private static JournalEntry.Attempted attempted(byte[] value) {
    return new JournalEntry.Attempted(
        Samples.ACCOUNT, id(1), 1, false, Samples.NOW, List.of(new RecordChange.Put(KEY, value)));
  }
}
