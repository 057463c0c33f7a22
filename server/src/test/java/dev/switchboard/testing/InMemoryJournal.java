package dev.switchboard.testing;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalStatus;
import dev.switchboard.journal.Positioned;
import dev.switchboard.journal.Tail;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A journal that keeps its promises for as long as the test runs. {@code files} of a few entries
 * each stand for the files of a real one, and positions have gaps.
 */
public final class InMemoryJournal implements Journal {
  private static final int GAP = 3;

  private final String id;
  private final TreeMap<Long, JournalEntry> entries;
  private final int entriesPerFile;
  private long next;
  private long first;
  private long appended;
  private long flushes;
  private long callsUntilRefusing = Long.MAX_VALUE;
  private boolean refusing;
  private boolean closed;

  public InMemoryJournal() {
    this(100);
  }

  public InMemoryJournal(int entriesPerFile) {
    this(UUID.randomUUID().toString(), Map.of(), entriesPerFile, 0, 0);
  }

  private InMemoryJournal(
      String id, Map<Long, JournalEntry> entries, int entriesPerFile, long next, long first) {
    this.id = id;
    this.entries = new TreeMap<>(entries);
    this.entriesPerFile = entriesPerFile;
    this.next = next;
    this.first = first;
  }

  /** The same journal after a restart; this one is closed. */
  public synchronized InMemoryJournal reopen() {
    close();
    return new InMemoryJournal(id, entries, entriesPerFile, next, first);
  }

  /** Whether it refuses entries from now on, as one does whose disk is full. */
  public synchronized void refuse(boolean refuse) {
    refusing = refuse;
  }

  /** Has it take what so many calls append, and refuse what follows. */
  public synchronized void refuseAfter(int calls) {
    callsUntilRefusing = calls;
  }

  /** What is appended from here on lies in another file. */
  public synchronized void nextFile() {
    next = (file(next) + 1) * bytesPerFile();
  }

  /** Everything that was appended and not released. */
  public synchronized List<Positioned> entries() {
    return entries.entrySet().stream()
        .map(entry -> new Positioned(entry.getKey(), entry.getValue()))
        .toList();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public long append(JournalEntry entry) throws InterruptedException {
    return appendAll(List.of(entry)).getFirst();
  }

  @Override
  public synchronized List<Long> appendAll(List<JournalEntry> added) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (callsUntilRefusing-- == 0) {
      refusing = true;
    }
    if (closed || refusing) {
      throw GatewayException.retryable(
          Reason.JOURNAL_UNAVAILABLE, "the journal takes nothing", Duration.ofSeconds(1), null);
    }
    List<Long> positions = new ArrayList<>();
    for (JournalEntry entry : added) {
      entries.put(next, entry);
      positions.add(next);
      next += GAP;
      appended++;
    }
    flushes++;
    notifyAll();
    return positions;
  }

  @Override
  public synchronized Optional<JournalEntry> read(long position) {
    return Optional.ofNullable(entries.get(position));
  }

  @Override
  public Tail tail(long from) {
    return new MemoryTail(from);
  }

  @Override
  public synchronized long first() {
    return first;
  }

  @Override
  public synchronized long end() {
    return entries.isEmpty() ? next : entries.lastKey() + 1;
  }

  @Override
  public synchronized long beginningOfLast(int cycles) {
    if (next == 0) {
      return 0;
    }
    return Math.max(first, (lastFile() - cycles + 1) * bytesPerFile());
  }

  @Override
  public synchronized void release(long before) {
    if (next == 0) {
      return;
    }
    long kept = Math.min(file(before), lastFile());
    first = Math.max(first, kept * bytesPerFile());
    entries.headMap(first).clear();
  }

  @Override
  public long appended() {
    return status().appended();
  }

  @Override
  public synchronized JournalStatus status() {
    long files = entries.keySet().stream().map(this::file).distinct().count();
    return new JournalStatus(appended, flushes, next - first, (int) files, !closed && !refusing);
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** The file of the last entry; there is one. */
  private long lastFile() {
    return entries.isEmpty() ? file(first) : file(entries.lastKey());
  }

  private long file(long position) {
    return position / bytesPerFile();
  }

  private long bytesPerFile() {
    return (long) entriesPerFile * GAP;
  }

  private synchronized List<Positioned> from(long position, int most, Duration atMost)
      throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (entries.ceilingKey(position) == null) {
      requireOpen();
      long millis = (deadline - System.nanoTime() + 999_999) / 1_000_000;
      if (millis <= 0) {
        return List.of();
      }
      wait(millis);
    }
    requireOpen();
    return entries.tailMap(position).entrySet().stream()
        .limit(most)
        .map(entry -> new Positioned(entry.getKey(), entry.getValue()))
        .toList();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the journal is closed");
    }
  }

  private final class MemoryTail implements Tail {
    private long next;
    private boolean ended;

    MemoryTail(long from) {
      next = from;
    }

    @Override
    public List<Positioned> next(int most, Duration atMost) throws InterruptedException {
      if (ended) {
        throw new IllegalStateException("the tail is closed");
      }
      List<Positioned> found = from(next, most, atMost);
      if (!found.isEmpty()) {
        next = found.getLast().position() + 1;
      }
      return found;
    }

    @Override
    public void close() {
      ended = true;
    }
  }
}
