package dev.switchboard.journal.chronicle;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalStatus;
import dev.switchboard.journal.Positioned;
import dev.switchboard.journal.Seal;
import dev.switchboard.journal.Tail;
import dev.switchboard.journal.chronicle.Decoding.Raw;
import dev.switchboard.journal.chronicle.commit.Device;
import dev.switchboard.journal.codec.EntryCodec;
import dev.switchboard.journal.log.LogTail;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A journal: entries, encoded and sealed, in a {@link ChronicleLog}. */
public final class ChronicleJournal implements Journal {
  private final ChronicleLog log;
  private final EntryCodec codec;
  private final Decoding decoding;

  private ChronicleJournal(ChronicleLog log, EntryCodec codec) {
    this.log = log;
    this.codec = codec;
    this.decoding = new Decoding(codec);
  }

  /**
   * Opens the journal of a directory, or makes one there. What can be read of it is flushed once
   * and counts, whether its append was answered or not.
   *
   * @param clock by which files begin and end
   * @throws JournalException when another process has it, or this version cannot read it
   */
  public static ChronicleJournal open(ChronicleConfig config, Seal seal, InstantSource clock) {
    return open(config, seal, clock, Device.REAL);
  }

  static ChronicleJournal open(
      ChronicleConfig config, Seal seal, InstantSource clock, Device device) {
    return new ChronicleJournal(
        ChronicleLog.open(config, "journal", clock, device),
        new EntryCodec(seal, config.longestEntry()));
  }

  @Override
  public String id() {
    return log.id();
  }

  @Override
  public long append(JournalEntry entry) throws InterruptedException {
    return log.append(List.of(codec.encode(entry)))[0];
  }

  @Override
  public List<Long> appendAll(List<JournalEntry> entries) throws InterruptedException {
    long[] positions = log.append(entries.stream().map(codec::encode).toList());
    return Arrays.stream(positions).boxed().toList();
  }

  @Override
  public Optional<JournalEntry> read(long position) {
    return log.read(position, (_, buffer, length) -> codec.decode(buffer, length));
  }

  @Override
  public Tail tail(long from) {
    return new EntryTail(log.tail(from, ChronicleJournal::raw), decoding);
  }

  @Override
  public long first() {
    return log.first();
  }

  @Override
  public long end() {
    return log.end();
  }

  @Override
  public long beginningOfLast(int cycles) {
    return log.beginningOfLast(cycles);
  }

  @Override
  public void release(long before) {
    log.release(before);
  }

  @Override
  public long appended() {
    return log.appended();
  }

  @Override
  public JournalStatus status() {
    return log.status();
  }

  /** How many entries wait for the writer. */
  int waiting() {
    return log.waiting();
  }

  @Override
  public void close() {
    log.close();
    decoding.close();
  }

  private static Raw raw(long position, byte[] buffer, int length) {
    return new Raw(position, Arrays.copyOf(buffer, length));
  }

  private record EntryTail(LogTail<Raw> tail, Decoding decoding) implements Tail {
    @Override
    public List<Positioned> next(int most, Duration atMost) throws InterruptedException {
      return decoding.decode(tail.next(most, atMost));
    }

    @Override
    public void close() {
      tail.close();
    }
  }
}
