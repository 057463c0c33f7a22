package dev.switchboard.testing;

import dev.switchboard.event.Event;
import dev.switchboard.event.EventDraft;
import dev.switchboard.event.EventOutbox;
import dev.switchboard.event.WaitingEvent;
import dev.switchboard.event.log.EventLog;
import dev.switchboard.event.log.Recovery;
import dev.switchboard.event.log.Retention;
import dev.switchboard.event.reading.Events;
import dev.switchboard.event.reading.Page;
import dev.switchboard.event.reading.Reading;
import dev.switchboard.event.reading.ReadingLimits;
import dev.switchboard.event.reading.Selection;
import dev.switchboard.event.reading.Start;
import dev.switchboard.event.writing.EventWriter;
import dev.switchboard.event.writing.WritingLimits;
import dev.switchboard.journal.chronicle.ChronicleConfig;
import dev.switchboard.journal.chronicle.ChronicleLog;
import dev.switchboard.journal.chronicle.Durability;
import dev.switchboard.journal.chronicle.Roll;
import dev.switchboard.journal.chronicle.commit.Device;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.event.EventKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Events from a table in memory to readers, over a real log in a folder. */
public final class EventBench implements AutoCloseable {
  public static final WritingLimits WRITING =
      new WritingLimits(10_000, 32 << 20, 100_000, 50_000, Duration.ofMillis(5));
  public static final ReadingLimits READING =
      new ReadingLimits(2_000, 1_000, 8 << 20, Duration.ofMinutes(1), 32 << 20, 8 << 20);
  private static final int LONGEST_ENTRY = 1 << 20;
  private static final Duration SOON = Duration.ofSeconds(20);

  public final InMemoryEventOutbox outbox;
  public final RefusingLog files;
  public final EventLog log;
  public final Events events;
  public final EventWriter writer;
  public final ManualClock clock;

  private EventBench(
      Path folder,
      EventOutbox rows,
      InMemoryEventOutbox outbox,
      ManualClock clock,
      WritingLimits writing,
      ReadingLimits reading,
      Device device)
      throws InterruptedException {
    this.outbox = outbox;
    this.clock = clock;
    ChronicleConfig config =
        new ChronicleConfig(folder, Durability.FSYNC, Roll.MINUTE, LONGEST_ENTRY, 1_000, 1 << 20);
    files = new RefusingLog(ChronicleLog.open(config, "event-log", clock, device));
    log = new EventLog(files, new NamedSeal());
    events = new Events(log, reading);
    Recovery recovery = Recovery.of(log, events.neededFrom(), events::recovered);
    writer = EventWriter.open(log, rows, events, recovery, writing, clock);
  }

  public static EventBench open(Path folder) throws InterruptedException {
    return open(folder, WRITING, READING);
  }

  public static EventBench open(Path folder, WritingLimits writing, ReadingLimits reading)
      throws InterruptedException {
    InMemoryEventOutbox outbox = new InMemoryEventOutbox();
    return new EventBench(folder, outbox, outbox, new ManualClock(), writing, reading, Device.REAL);
  }

  /** Over a table and a device of the test's own. */
  public static EventBench open(
      Path folder,
      EventOutbox rows,
      ManualClock clock,
      WritingLimits writing,
      ReadingLimits reading,
      Device device)
      throws InterruptedException {
    return new EventBench(folder, rows, new InMemoryEventOutbox(), clock, writing, reading, device);
  }

  /** The same after a restart. */
  public EventBench reopen(Path folder) throws InterruptedException {
    close();
    return new EventBench(folder, outbox, outbox, clock, WRITING, READING, Device.REAL);
  }

  public static AccountKey account(String instance) {
    return new AccountKey(TenantId.DEFAULT, new InstanceId(instance));
  }

  public EventDraft draft(AccountKey account, String text) {
    return new EventDraft(
        account,
        EventKind.MESSAGE_RECEIVED,
        clock.instant(),
        text.getBytes(StandardCharsets.UTF_8));
  }

  public Retention retention(Duration age, long mostBytes) {
    return new Retention(log, new Retention.Policy(age, mostBytes), writer::needed, clock);
  }

  /** Stores events of an account and hands them over; returns when they can be read. */
  public void tell(AccountKey account, String... texts) throws InterruptedException {
    tell(IntStream.range(0, texts.length).mapToObj(i -> draft(account, texts[i])).toList());
  }

  public void tell(List<EventDraft> drafts) throws InterruptedException {
    var watching =
        events.open(Selection.of(drafts.getFirst().account().tenant()), new Start.Latest());
    try (watching) {
      writer.committed(outbox.stored(drafts));
      for (int left = drafts.size(); left > 0; ) {
        left -= read(watching, left).size();
      }
    }
  }

  /**
   * Alters a byte of the event with this text in the files of a folder, and forgets what is in
   * memory.
   */
  public void damage(Path folder, String text) throws IOException {
    events.sweep(clock.instant().plus(READING.recentKept()).plusMillis(1));
    byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
    int damaged = 0;
    try (var files = Files.newDirectoryStream(folder, "*.cq4")) {
      for (Path file : files) {
        String all = Files.readString(file, StandardCharsets.ISO_8859_1);
        int at = all.indexOf(text);
        if (at >= 0) {
          try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (wanted[0] ^ 1)}), at);
          }
          damaged++;
        }
      }
    }
    if (damaged != 1) {
      throw new AssertionError("the text is in " + damaged + " files");
    }
  }

  /** What is read next, as soon as there is some. */
  public static List<Event> read(Reading reading, int most) throws InterruptedException {
    Page page = reading.next(most, SOON);
    if (page instanceof Page.Events(var found, long _) && !found.isEmpty()) {
      return found;
    }
    throw new AssertionError("no events but " + page);
  }

  /** So many events. */
  public static List<Event> readAll(Reading reading, int count) throws InterruptedException {
    List<Event> all = new ArrayList<>();
    while (all.size() < count) {
      all.addAll(read(reading, count - all.size()));
    }
    return all;
  }

  public static List<String> texts(List<Event> events) {
    return events.stream()
        .map(event -> new String(event.content(), StandardCharsets.UTF_8))
        .toList();
  }

  public static List<String> contents(List<WaitingEvent> events) {
    return events.stream()
        .map(event -> new String(event.draft().content(), StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public void close() {
    events.shutDown();
    writer.close();
    log.close();
  }
}
