package dev.switchboard.journal.chronicle;

import dev.switchboard.journal.log.LogFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;

/** The files of a journal by their cycles: the time in which each was written to. */
final class Cycles {
  private final SingleChronicleQueue queue;
  private final RollCycle roll;
  private final Path directory;
  private final DateTimeFormatter names;
  private volatile long first;

  Cycles(SingleChronicleQueue queue, Path directory) {
    this.queue = queue;
    this.roll = queue.rollCycle();
    this.directory = directory;
    this.names = DateTimeFormatter.ofPattern(roll.format()).withZone(ZoneOffset.UTC);
    this.first = beginning();
  }

  /** Where the first file begins; 0 before there is one. */
  long first() {
    if (first == 0) {
      first = beginning();
    }
    return first;
  }

  /** Where the last {@code count} files begin. */
  long beginningOfLast(int count) {
    var beginnings = all().descendingIterator();
    long beginning = first;
    for (int i = 0; i < count && beginnings.hasNext(); i++) {
      beginning = roll.toIndex(beginnings.next().intValue(), 0);
    }
    return Math.max(first, beginning);
  }

  /** The beginning of the first file after the one that a position lies in, or -1. */
  long after(long position) {
    Long next = all().higher((long) roll.toCycle(position));
    return next == null ? -1 : roll.toIndex(next.intValue(), 0);
  }

  /** Deletes the files that end before a position, but never the one that is written to. */
  synchronized void deleteBefore(long position) {
    NavigableSet<Long> cycles = all();
    if (cycles.isEmpty()) {
      return;
    }
    long kept = Math.min(roll.toCycle(position), cycles.last());
    List<Long> finished = List.copyOf(cycles.headSet(kept));
    if (finished.isEmpty()) {
      return;
    }
    first = roll.toIndex((int) kept, 0);
    finished.forEach(cycle -> delete(file(cycle)));
    queue.refreshDirectoryListing();
    first = beginning();
  }

  /** The position of the last entry before a position, or -1. */
  long lastBefore(long position) {
    NavigableSet<Long> cycles = all();
    long cycle = roll.toCycle(position);
    if (cycles.contains(cycle)) {
      long count = Math.min(roll.toSequenceNumber(position), entries((int) cycle));
      if (count > 0) {
        return roll.toIndex((int) cycle, count - 1);
      }
    }
    Long before = cycles.lower(cycle);
    return before == null ? -1 : roll.toIndex(before.intValue(), entries(before.intValue()) - 1);
  }

  /** How many entries the file of a cycle has; every file has one. */
  private long entries(int cycle) {
    try (ExcerptTailer tailer = Store.reader(queue)) {
      return tailer.excerptsInCycle(cycle);
    }
  }

  /** The files with what is known of each. */
  List<LogFile> described() {
    return all().stream().map(cycle -> described(cycle.intValue())).toList();
  }

  private LogFile described(int cycle) {
    Instant from = Instant.ofEpochMilli((long) cycle * roll.lengthInMillis());
    Instant to = from.plusMillis(roll.lengthInMillis());
    return new LogFile(roll.toIndex(cycle, 0), from, to, written(cycle));
  }

  /** The files are sparse: their size says nothing. */
  private long written(int cycle) {
    SingleChronicleQueueStore store = queue.storeForCycle(cycle, queue.epoch(), false, null);
    if (store == null) {
      return 0; // Deleted meanwhile.
    }
    try {
      return store.writePosition();
    } finally {
      queue.closeStore(store);
    }
  }

  List<Path> files() {
    return all().stream().map(this::file).toList();
  }

  private long beginning() {
    NavigableSet<Long> cycles = all();
    return cycles.isEmpty() ? 0 : roll.toIndex(cycles.first().intValue(), 0);
  }

  private NavigableSet<Long> all() {
    int firstCycle = queue.firstCycle();
    int lastCycle = queue.lastCycle();
    return firstCycle > lastCycle
        ? new TreeSet<>()
        : queue.listCyclesBetween(firstCycle, lastCycle);
  }

  private Path file(long cycle) {
    Instant start = Instant.ofEpochMilli(cycle * roll.lengthInMillis());
    return directory.resolve(names.format(start) + SingleChronicleQueue.SUFFIX);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
