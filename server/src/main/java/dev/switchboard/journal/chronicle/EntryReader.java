package dev.switchboard.journal.chronicle;

import dev.switchboard.journal.log.Decoder;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * One of Chronicle's readers and a buffer. Used by one thread at a time, so it holds a lock while
 * it reads: what it reads from would otherwise be unmapped by a close.
 */
final class EntryReader implements AutoCloseable {
  private static final int FIRST_CAPACITY = 4096;

  private final ReentrantLock lock = new ReentrantLock();
  private final ExcerptTailer tailer;
  private byte[] buffer = new byte[FIRST_CAPACITY];
  private int length;

  /** What lies at this position is read next without going there; -1 when that is not known. */
  private long following = -1;

  EntryReader(SingleChronicleQueue queue) {
    this.tailer = Store.reader(queue);
  }

  ReentrantLock lock() {
    return lock;
  }

  /** Whether there is an entry at a position, to be read next. */
  boolean moveTo(long position) {
    return tailer.moveToIndex(position);
  }

  /** The entry at a position. */
  <T> Optional<T> read(long position, Decoder<T> decoder) {
    boolean there = position == following && read() == position;
    if (!there && (!tailer.moveToIndex(position) || read() != position)) {
      return Optional.empty();
    }
    return Optional.of(entry(position, decoder));
  }

  /** Copies the next entry out of the file and returns its position; -1 when there is none. */
  long read() {
    following = -1;
    try (DocumentContext document = tailer.readingDocument()) {
      if (!document.isPresent()) {
        return -1;
      }
      Bytes<?> bytes = document.wire().bytes();
      length = (int) bytes.readRemaining();
      if (length > buffer.length) {
        buffer = new byte[Math.max(length, 2 * buffer.length)];
      }
      bytes.read(buffer, 0, length);
      long position = document.index();
      following = position + 1;
      return position;
    }
  }

  /** What was copied last. */
  <T> T entry(long position, Decoder<T> decoder) {
    return decoder.decode(position, buffer, length);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      tailer.close();
    } finally {
      lock.unlock();
    }
  }
}
