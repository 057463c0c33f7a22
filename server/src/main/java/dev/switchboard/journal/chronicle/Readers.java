package dev.switchboard.journal.chronicle;

import dev.switchboard.journal.log.Decoder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/** A few readers for whoever wants one entry, each under its lock. */
final class Readers implements AutoCloseable {
  private static final int COUNT = 4;

  private final List<EntryReader> readers;

  Readers(SingleChronicleQueue queue) {
    readers = Stream.generate(() -> new EntryReader(queue)).limit(COUNT).toList();
  }

  <T> Optional<T> read(long position, Decoder<T> decoder) {
    EntryReader reader = lockOne();
    try {
      return reader.read(position, decoder);
    } finally {
      reader.lock().unlock();
    }
  }

  @Override
  public void close() {
    readers.forEach(EntryReader::close);
  }

  private EntryReader lockOne() {
    int start = (int) (Thread.currentThread().threadId() % COUNT); // Who reads on finds its place.
    for (int i = 0; i < COUNT; i++) {
      EntryReader reader = readers.get((start + i) % COUNT);
      if (reader.lock().tryLock()) {
        return reader;
      }
    }
    EntryReader reader = readers.get(start);
    reader.lock().lock();
    return reader;
  }
}
