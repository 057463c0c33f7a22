package dev.switchboard.testing;

import dev.switchboard.journal.JournalStatus;
import dev.switchboard.journal.log.ByteLog;
import dev.switchboard.journal.log.Decoder;
import dev.switchboard.journal.log.LogFile;
import dev.switchboard.journal.log.LogTail;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A log that is never full, for as long as the test runs. All that is in it counts as old. */
public final class InMemoryLog implements ByteLog {
  private static final long FILE = 1 << 16;

  private final String id = UUID.randomUUID().toString();
  private final TreeMap<Long, byte[]> entries = new TreeMap<>();
  private long next;

  /** What is appended from here on lies in another file. */
  public synchronized void nextFile() {
    next = begin(next) + FILE;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public synchronized long[] append(List<byte[]> added) {
    long[] positions = new long[added.size()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = next;
      entries.put(next++, added.get(i));
    }
    notifyAll();
    return positions;
  }

  @Override
  public synchronized <T> Optional<T> read(long position, Decoder<T> decoder) {
    return Optional.ofNullable(entries.get(position))
        .map(entry -> decoder.decode(position, entry.clone(), entry.length));
  }

  @Override
  public <T> LogTail<T> tail(long from, Decoder<T> decoder) {
    return new Tail<>(from, decoder);
  }

  @Override
  public synchronized long first() {
    return entries.isEmpty() ? 0 : begin(entries.firstKey());
  }

  @Override
  public synchronized long end() {
    return next;
  }

  @Override
  public synchronized long lastBefore(long position) {
    Long last = entries.lowerKey(position);
    return last == null ? -1 : last;
  }

  @Override
  public long beginningOfLast(int cycles) {
    return Math.max(first(), begin(end() - 1) - (cycles - 1) * FILE);
  }

  @Override
  public synchronized List<LogFile> files() {
    return entries.keySet().stream()
        .map(InMemoryLog::begin)
        .distinct()
        .map(begin -> new LogFile(begin, Instant.EPOCH, Instant.EPOCH, 1))
        .toList();
  }

  @Override
  public synchronized void release(long before) {
    entries.headMap(begin(before)).clear();
  }

  @Override
  public long appended() {
    return status().appended();
  }

  @Override
  public synchronized JournalStatus status() {
    return new JournalStatus(entries.size(), entries.size(), 0, files().size(), true);
  }

  @Override
  public void close() {}

  private static long begin(long position) {
    return Math.max(0, position) / FILE * FILE;
  }

  private synchronized <T> List<T> after(
      long from, int most, Duration atMost, Decoder<T> decoder, long[] end)
      throws InterruptedException {
    if (next <= from) {
      TimeUnit.NANOSECONDS.timedWait(this, atMost.toNanos());
    }
    List<T> found = new ArrayList<>();
    for (var entry : entries.tailMap(from).entrySet()) {
      if (found.size() == most) {
        break;
      }
      byte[] bytes = entry.getValue();
      found.add(decoder.decode(entry.getKey(), bytes.clone(), bytes.length));
      end[0] = entry.getKey() + 1;
    }
    return found;
  }

  private final class Tail<T> implements LogTail<T> {
    private final long[] next;
    private final Decoder<T> decoder;

    Tail(long from, Decoder<T> decoder) {
      this.next = new long[] {from};
      this.decoder = decoder;
    }

    @Override
    public List<T> next(int most, Duration atMost) throws InterruptedException {
      return after(next[0], most, atMost, decoder, next);
    }

    @Override
    public void close() {}
  }
}
