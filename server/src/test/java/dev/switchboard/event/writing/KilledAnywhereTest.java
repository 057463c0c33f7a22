package dev.switchboard.event.writing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.event.Event;
import dev.switchboard.event.EventDraft;
import dev.switchboard.event.EventOutbox;
import dev.switchboard.event.WaitingEvent;
import dev.switchboard.event.reading.Page;
import dev.switchboard.event.reading.Reading;
import dev.switchboard.event.reading.Selection;
import dev.switchboard.event.reading.Start;
import dev.switchboard.journal.chronicle.commit.Device;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.TenantId;
import dev.switchboard.testing.EventBench;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.InMemoryEventOutbox;
import dev.switchboard.testing.JournalCopy;
import dev.switchboard.testing.ManualClock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Transactions of several accounts in any order, handed over, forgotten or doubted, bounds passed,
 * and the process killed at any flush: each committed event is told once, in its account's order.
 */
class KilledAnywhereTest {
  private static final int STEPS = 250;
  private static final WritingLimits NARROW =
      new WritingLimits(8, 1 << 20, 20, 7, Duration.ofMillis(1));
  private static final List<AccountKey> ACCOUNTS =
      IntStream.range(0, 5).mapToObj(i -> EventBench.account("n" + i)).toList();

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock();
  private final InMemoryEventOutbox table = new InMemoryEventOutbox();
  private final Map<AccountKey, List<String>> expected = new HashMap<>();

  /** Transactions that are not committed yet, and such as are and were not handed over. */
  private final Map<AccountKey, List<WaitingEvent>> open = new HashMap<>();

  private final List<List<WaitingEvent>> committed = new ArrayList<>();
  private final List<Event> told = new ArrayList<>();
  private Random random = new Random();
  private Life life = new Life(0);
  private int texts;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyCommittedEventIsToldOnceAndInOrder(long seed) throws Exception {
    random = new Random(seed);
    life.start();
    for (int step = 0; step < STEPS; step++) {
      step();
    }
    ACCOUNTS.forEach(this::commit);
    while (!committed.isEmpty()) {
      handOver();
    }
    if (life.dead) {
      restart();
    }
    life.bench.writer.inDoubt();
    Eventually.until("nothing waits", () -> table.size() == 0 || life.dead);
    restart();
    life.read();
    life.bench.close();
    check();
  }

  private void step() throws Exception {
    AccountKey account = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> begin(account);
      case 4, 5, 6 -> commit(account);
      case 7, 8 -> handOver();
      case 9 -> clock.advance(Duration.ofSeconds(random.nextInt(40)));
      case 10 -> {
        Eventually.until("it caught up", () -> life.dead || life.bench.writer.waiting() == 0);
        life.read();
      }
      default -> {
        if (life.dead) {
          restart();
        } else if (random.nextInt(3) == 0) {
          life.killAtFlush();
        }
      }
    }
  }

  /** A transaction of the account: one at a time, as on its own thread. */
  private void begin(AccountKey account) {
    if (!open.containsKey(account) && !life.dead) {
      List<WaitingEvent> events = new ArrayList<>();
      for (int left = 1 + random.nextInt(3); left > 0; left--) {
        EventDraft draft = life.bench.draft(account, "t" + texts++);
        events.add(new WaitingEvent(table.nextId(), draft));
      }
      open.put(account, events);
    }
  }

  private void commit(AccountKey account) {
    List<WaitingEvent> events = open.remove(account);
    if (events != null && random.nextInt(8) == 0) {
      life.bench.writer.inDoubt(); // It was undone, and nobody knows.
    } else if (events != null) {
      table.commit(events);
      expected.computeIfAbsent(account, _ -> new ArrayList<>()).addAll(EventBench.contents(events));
      committed.add(events);
    }
  }

  /** The oldest of an account, which need not be the oldest of all. */
  private void handOver() {
    if (committed.isEmpty()) {
      return;
    }
    AccountKey account =
        committed.get(random.nextInt(committed.size())).getFirst().draft().account();
    List<WaitingEvent> events =
        committed.stream()
            .filter(waiting -> waiting.getFirst().draft().account().equals(account))
            .findFirst()
            .orElseThrow();
    committed.remove(events);
    if (random.nextInt(6) == 0) {
      life.bench.writer.inDoubt();
    } else {
      life.bench.writer.committed(events);
    }
  }

  /** What was not handed over is not known any more; what was not committed is gone. */
  private void restart() throws Exception {
    if (!life.dead) {
      life.read();
    }
    life.bench.close();
    committed.clear();
    open.clear();
    Life next = new Life(life.number + 1);
    next.folder = life.dead ? life.copy() : life.folder;
    next.position = life.position;
    life = next;
    life.start();
  }

  private void check() {
    Map<AccountKey, List<String>> found = new HashMap<>();
    for (Event event : told) {
      List<String> texts = found.computeIfAbsent(event.account(), _ -> new ArrayList<>());
      texts.addAll(EventBench.texts(List.of(event)));
      assertThat(event.sequence()).as("without holes").isEqualTo(texts.size());
    }
    assertThat(told).extracting(Event::position).isSorted().doesNotHaveDuplicates();
    assertThat(found).isEqualTo(expected);
  }

  /** One life of the server: from a start to a kill. */
  private final class Life implements EventOutbox, Device {
    private final int number;
    private Path folder;
    private long position;
    private volatile boolean dying;
    private volatile boolean dead;
    private EventBench bench;

    @SuppressWarnings("NullAway.Init")
    Life(int number) {
      this.number = number;
    }

    void start() throws InterruptedException {
      if (folder == null) {
        folder = KilledAnywhereTest.this.folder.resolve("life0");
      }
      bench = EventBench.open(folder, this, clock, NARROW, EventBench.READING, this);
    }

    void killAtFlush() {
      dying = true;
    }

    Path copy() {
      return KilledAnywhereTest.this.folder.resolve("life" + (number + 1));
    }

    /** A reader that goes on where it was before the start. */
    void read() throws InterruptedException {
      try (Reading reading =
          bench.events.open(Selection.of(TenantId.DEFAULT), new Start.At(position))) {
        Page page = reading.next(5, Duration.ZERO);
        while (page instanceof Page.Events(var events, long next) && !events.isEmpty()) {
          told.addAll(events);
          position = next;
          page = reading.next(5, Duration.ZERO);
        }
        assertThat(page).isInstanceOf(Page.Events.class);
      }
    }

    /** Before the flush, or right after it: what is in the files then is there after the start. */
    @Override
    public void flush(FileChannel file) throws IOException {
      if (dying && !dead) {
        die();
        throw new IOException("killed");
      }
      file.force(false);
    }

    private synchronized void die() throws IOException {
      dead = true; // Nothing is deleted from storage from here on.
      JournalCopy.copy(folder, copy());
    }

    @Override
    public synchronized List<WaitingEvent> after(long id, int limit) {
      requireLife();
      return table.after(id, limit);
    }

    @Override
    public synchronized void delete(Collection<Long> ids) {
      requireLife();
      table.delete(ids);
    }

    private void requireLife() {
      if (dead) {
        throw new IllegalStateException("killed");
      }
    }
  }
}
