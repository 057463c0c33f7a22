package dev.switchboard.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.Positioned;
import dev.switchboard.journal.Tail;
import dev.switchboard.journal.chronicle.commit.Device;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.testing.NamedSeal;
import dev.switchboard.testing.SampleEntries;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is answered or told before the device has it, and what was answered is there again. */
class DurabilityTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration NOW = Duration.ofMillis(1);

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock();

  @Test
  void nobodyIsAnsweredOrToldBeforeTheFlush() throws Exception {
    Semaphore permits = new Semaphore(0);
    CountDownLatch flushing = new CountDownLatch(1);
    Device slow =
        file -> {
          flushing.countDown();
          permits.acquireUninterruptibly();
          file.force(false);
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        ChronicleJournal journal = open(folder.resolve("slow"), slow);
        Tail tail = journal.tail(0)) {
      Future<Long> append = threads.submit(() -> journal.append(SampleEntries.accepted("A")));
      flushing.await();
      assertThat(tail.next(1, Duration.ofMillis(50))).isEmpty();
      assertThat(append.isDone()).isFalse();
      assertThat(journal.end()).isZero();

      permits.release(1_000);
      long position = append.get();
      assertThat(tail.next(1, SOON)).extracting(Positioned::position).containsExactly(position);
      assertThat(journal.status().flushes()).isEqualTo(1);
    }
  }

  @Test
  void callsThatComeTogetherShareAFlush() throws Exception {
    Semaphore permits = new Semaphore(0);
    CountDownLatch flushing = new CountDownLatch(1);
    Device slow =
        _ -> {
          flushing.countDown();
          permits.acquireUninterruptibly();
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        ChronicleJournal journal = open(folder.resolve("shared"), slow)) {
      List<Future<Long>> appends = new ArrayList<>();
      appends.add(threads.submit(() -> journal.append(SampleEntries.accepted("A"))));
      flushing.await();
      for (int i = 0; i < 100; i++) {
        appends.add(threads.submit(() -> journal.append(SampleEntries.accepted("B"))));
      }
      Eventually.until("all wait", () -> journal.waiting() == 100);
      permits.release(1_000);
      for (Future<Long> append : appends) {
        append.get();
      }
      assertThat(journal.status().flushes()).isEqualTo(2);
    }
  }

  @Test
  void aCallerThatIsInterruptedWhileOthersAreWrittenAppendsNothing() throws Exception {
    Semaphore permits = new Semaphore(0);
    CountDownLatch flushing = new CountDownLatch(1);
    Device slow =
        _ -> {
          flushing.countDown();
          permits.acquireUninterruptibly();
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        ChronicleJournal journal = open(folder.resolve("interrupted"), slow)) {
      Future<Long> first = threads.submit(() -> journal.append(SampleEntries.accepted("A")));
      flushing.await();
      Thread second = Thread.startVirtualThread(() -> appendUntilInterrupted(journal, "B"));
      Eventually.until("it waits", () -> journal.waiting() == 1);
      second.interrupt();
      second.join(); // It has withdrawn: the writer is not to be faster than that.
      first.cancel(true);
      permits.release(1_000);
      journal.append(SampleEntries.accepted("C"));
      assertThat(ids(journal)).as("what was being written stays").containsExactly("A", "C");
    }
  }

  @Test
  void moreThanMayWaitIsRefused() throws Exception {
    Semaphore permits = new Semaphore(0);
    CountDownLatch flushing = new CountDownLatch(1);
    Device slow =
        _ -> {
          flushing.countDown();
          permits.acquireUninterruptibly();
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        ChronicleJournal journal = open(folder.resolve("full"), slow)) {
      List<Future<Long>> appends = new ArrayList<>();
      appends.add(threads.submit(() -> journal.append(SampleEntries.accepted("A"))));
      flushing.await();
      for (int i = 0; i < 1_000; i++) {
        appends.add(threads.submit(() -> journal.append(SampleEntries.accepted("B"))));
      }
      Eventually.until("as many as may wait", () -> journal.waiting() == 1_000);
      assertThatThrownBy(() -> journal.append(SampleEntries.accepted("C")))
          .isInstanceOfSatisfying(
              GatewayException.class,
              e -> {
                assertThat(e.reason()).isEqualTo(Reason.JOURNAL_UNAVAILABLE);
                assertThat(e.retryAfter()).isPresent();
              });
      permits.release(1_000);
      for (Future<Long> append : appends) {
        append.get();
      }
      assertThat(journal.waiting()).isZero();
    }
  }

  @Test
  void aDeviceThatFailsStopsTheJournalUntilItIsOpenedAgain() throws Exception {
    Path directory = folder.resolve("broken");
    Semaphore failures = new Semaphore(0);
    Device failing =
        file -> {
          if (failures.tryAcquire()) {
            throw new IOException("the device is gone");
          }
          file.force(false);
        };
    try (ChronicleJournal journal = open(directory, failing);
        Tail tail = journal.tail(0)) {
      journal.append(SampleEntries.accepted("A"));
      failures.release();
      for (String id : List.of("B", "C")) {
        assertThatThrownBy(() -> journal.append(SampleEntries.accepted(id)))
            .isInstanceOfSatisfying(
                GatewayException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.JOURNAL_UNAVAILABLE));
      }
      assertThat(journal.status().writable()).isFalse();
      assertThat(tail.next(10, SOON)).hasSize(1);
      assertThat(tail.next(10, NOW)).as("nobody is told what may be gone").isEmpty();
    }
    try (ChronicleJournal journal = open(directory, Device.REAL)) {
      journal.append(SampleEntries.accepted("D"));
      assertThat(ids(journal)).startsWith("A").endsWith("D").doesNotContain("C");
    }
  }

  /** The files as they were at the last flush: what power leaves behind. */
  @Test
  void aCopyMadeAtTheLastFlushHoldsEveryAnsweredEntry() throws Exception {
    Path directory = folder.resolve("whole");
    Path copy = folder.resolve("copy");
    Device copying =
        file -> {
          file.force(false);
          copy(directory, copy, file.size());
        };
    List<String> answered = new ArrayList<>();
    try (ChronicleJournal journal = open(directory, copying)) {
      for (int i = 0; i < 5; i++) {
        journal.append(SampleEntries.accepted("M" + i));
        answered.add("M" + i);
        if (i == 2) {
          clock.advance(Duration.ofMinutes(1));
        }
      }
    }
    try (ChronicleJournal journal = open(copy, Device.REAL)) {
      assertThat(ids(journal)).containsExactlyElementsOf(answered);
      journal.append(SampleEntries.accepted("LATER"));
      assertThat(ids(journal)).hasSize(6).endsWith("LATER");
    }
  }

  /** Many callers at once; power is lost after any of the flushes. */
  @Test
  void aCopyMadeAtAnyFlushHoldsWhatWasAnsweredBefore() throws Exception {
    Path directory = folder.resolve("any");
    Set<String> answered = ConcurrentHashMap.newKeySet();
    List<Set<String>> answeredByThen = new ArrayList<>();
    Device copying =
        file -> {
          Set<String> before = Set.copyOf(answered);
          if (answeredByThen.size() < 4 && before.size() >= 25 * answeredByThen.size()) {
            file.force(false);
            copy(directory, folder.resolve("copy" + answeredByThen.size()), file.size());
            answeredByThen.add(before);
          }
        };
    try (ChronicleJournal journal = open(directory, copying);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        String id = "M" + i;
        var _ =
            callers.submit(() -> {
              journal.append(SampleEntries.accepted(id));
              return answered.add(id);
            });
      }
    }
    assertThat(answered).hasSize(200);
    for (int copy = 0; copy < answeredByThen.size(); copy++) {
      try (ChronicleJournal journal = open(folder.resolve("copy" + copy), Device.REAL)) {
        assertThat(ids(journal)).containsAll(answeredByThen.get(copy)).doesNotHaveDuplicates();
      }
    }
    assertThat(answeredByThen).isNotEmpty();
  }

  @Test
  void aTornEntryIsSkipped() throws Exception {
    Path directory = folder.resolve("torn");
    try (ChronicleJournal journal = open(directory, Device.REAL)) {
      journal.append(SampleEntries.accepted("A"));
    }
    tear(onlyFile(directory));
    try (ChronicleJournal journal = open(directory, Device.REAL)) {
      assertThat(ids(journal)).containsExactly("A");
      journal.append(SampleEntries.accepted("B"));
      assertThat(ids(journal)).containsExactly("A", "B");
    }
    try (ChronicleJournal journal = open(directory, Device.REAL)) {
      assertThat(ids(journal)).containsExactly("A", "B");
    }
  }

  @Test
  void aDiskBelowItsReserveRefusesUntilThereIsRoomAgain() throws Exception {
    ChronicleConfig greedy =
        new ChronicleConfig(
            folder.resolve("greedy"), Durability.FSYNC, Roll.MINUTE, 64 << 10, 10, Long.MAX_VALUE);
    try (ChronicleJournal journal = ChronicleJournal.open(greedy, new NamedSeal(), clock)) {
      assertThat(journal.status().writable()).isFalse();
      assertThatThrownBy(() -> journal.append(SampleEntries.accepted("A")))
          .isInstanceOfSatisfying(
              GatewayException.class,
              e -> {
                assertThat(e.reason()).isEqualTo(Reason.JOURNAL_UNAVAILABLE);
                assertThat(e.retryAfter()).isPresent();
              });
    }
  }

  @Test
  void goesOnWhereItWasWhenTheDiskHasRoomAgain() throws Exception {
    AtomicLong usable = new AtomicLong(1 << 30);
    ChronicleConfig config = config(folder.resolve("room"));
    try (ChronicleJournal journal =
        ChronicleJournal.open(config, new NamedSeal(), clock, withUsable(usable))) {
      journal.append(SampleEntries.accepted("A"));
      usable.set(config.reservedBytes());
      for (String id : List.of("B", "C")) {
        assertThatThrownBy(() -> journal.append(SampleEntries.accepted(id)))
            .isInstanceOfSatisfying(
                GatewayException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.JOURNAL_UNAVAILABLE));
      }
      assertThat(journal.status().writable()).isFalse();
      assertThat(ids(journal)).as("what is there can be read").containsExactly("A");
      usable.set(1 << 30);
      assertThat(journal.status().writable()).isTrue();
      journal.append(SampleEntries.accepted("D"));
      assertThat(ids(journal)).containsExactly("A", "D");
    }
    try (ChronicleJournal journal = open(folder.resolve("room"), Device.REAL)) {
      assertThat(ids(journal)).containsExactly("A", "D");
    }
  }

  @Test
  void onlyOneOpensItAndOnlyItsOwnerReadsIt() throws Exception {
    Path directory = folder.resolve("held");
    try (ChronicleJournal journal = open(directory, Device.REAL)) {
      journal.append(SampleEntries.accepted("A"));
      assertThatThrownBy(() -> open(directory, Device.REAL)).isInstanceOf(JournalException.class);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
          .isEqualTo("rwx------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(onlyFile(directory))))
          .isEqualTo("rw-------");
    }
    open(directory, Device.REAL).close();
  }

  @Test
  void aJournalOfAnotherVersionIsRefused() throws Exception {
    Path directory = folder.resolve("newer");
    open(directory, Device.REAL).close();
    Path mark = directory.resolve("journal.id");
    Files.writeString(mark, Files.readString(mark).replace("journal 1", "journal 2"));
    assertThatThrownBy(() -> open(directory, Device.REAL))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("another version");
  }

  @Test
  void aClockThatIsSetBackLosesNothing() throws Exception {
    Path directory = folder.resolve("back");
    try (ChronicleJournal journal = open(directory, Device.REAL)) {
      clock.advance(Duration.ofMinutes(5));
      journal.append(SampleEntries.accepted("A"));
      clock.advance(Duration.ofMinutes(-3));
      journal.append(SampleEntries.accepted("B"));
    }
    try (ChronicleJournal journal = open(directory, Device.REAL)) {
      journal.append(SampleEntries.accepted("C"));
      assertThat(ids(journal)).containsExactly("A", "B", "C");
    }
  }

  private static Device withUsable(AtomicLong bytes) {
    return new Device() {
      @Override
      public void flush(FileChannel file) throws IOException {
        file.force(false);
      }

      @Override
      public long usable(Path directory) {
        return bytes.get();
      }
    };
  }

  private static void appendUntilInterrupted(ChronicleJournal journal, String id) {
    try {
      journal.append(SampleEntries.accepted(id));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ChronicleJournal open(Path directory, Device device) {
    return ChronicleJournal.open(config(directory), new NamedSeal(), clock, device);
  }

  private static ChronicleConfig config(Path directory) {
    return new ChronicleConfig(directory, Durability.FSYNC, Roll.MINUTE, 64 << 10, 1_000, 1 << 20);
  }

  private static List<String> ids(ChronicleJournal journal) throws InterruptedException {
    List<String> ids = new ArrayList<>();
    try (Tail tail = journal.tail(0)) {
      while (true) {
        List<Positioned> read = tail.next(100, NOW);
        if (read.isEmpty()) {
          return ids;
        }
        for (Positioned entry : read) {
          ids.add(((JournalEntry.Accepted) entry.entry()).id().value());
        }
      }
    }
  }

  private static Path onlyFile(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".cq4")).findAny().orElseThrow();
    }
  }

  private static void copy(Path from, Path to, long size) throws IOException {
    assertThat(size).isPositive();
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith("cq4t")) {
          copySparsely(file, to.resolve(file.getFileName()));
        }
      }
    }
  }

  /** The files are large and nearly empty. */
  private static void copySparsely(Path from, Path to) throws IOException {
    byte[] block = new byte[4096];
    byte[] nothing = new byte[4096];
    try (RandomAccessFile input = new RandomAccessFile(from.toFile(), "r");
        RandomAccessFile output = new RandomAccessFile(to.toFile(), "rw")) {
      output.setLength(0);
      output.setLength(input.length());
      for (long at = 0; at < input.length(); at += block.length) {
        int read = input.read(block);
        if (!Arrays.equals(block, 0, read, nothing, 0, read)) {
          output.seek(at);
          output.write(block, 0, read);
        }
      }
    }
  }

  /** Leaves after the last entry what a writer leaves that is killed while it writes another. */
  private static void tear(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        FileChannel channel = file.getChannel()) {
      byte[] bytes = new byte[(int) Math.min(file.length(), 1 << 20)];
      file.readFully(bytes);
      int end = bytes.length;
      while (bytes[end - 1] == 0) {
        end--;
      }
      int next = (end + 3) & ~3; // Documents begin at multiples of four bytes.
      file.seek(next);
      file.write(new byte[] {0, 0, 0, (byte) 0x80, 1, 2, 3, 4}); // Not complete, length unknown.
      channel.force(true);
    }
  }
}
