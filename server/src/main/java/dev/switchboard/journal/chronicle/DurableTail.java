package dev.switchboard.journal.chronicle;

import dev.switchboard.journal.chronicle.commit.Frontier;
import dev.switchboard.journal.log.Decoder;
import dev.switchboard.journal.log.LogTail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A tail that stops where the journal is not durable yet. */
final class DurableTail<T> implements LogTail<T> {
  private final EntryReader reader;
  private final Decoder<T> decoder;
  private final Frontier frontier;
  private final Cycles cycles;
  private final Consumer<DurableTail<T>> closed;
  private boolean placed;
  private long next;
  private volatile boolean ended;

  DurableTail(
      EntryReader reader,
      Decoder<T> decoder,
      Frontier frontier,
      Cycles cycles,
      long from,
      Consumer<DurableTail<T>> closed) {
    this.reader = reader;
    this.decoder = decoder;
    this.frontier = frontier;
    this.cycles = cycles;
    this.next = from;
    this.closed = closed;
  }

  @Override
  public List<T> next(int most, Duration atMost) throws InterruptedException {
    if (!frontier.await(next, atMost)) {
      requireOpen();
      return List.of();
    }
    reader.lock().lock();
    try {
      requireOpen();
      return read(most);
    } finally {
      reader.lock().unlock();
    }
  }

  @Override
  public void close() {
    ended = true;
    reader.close();
    closed.accept(this);
  }

  private List<T> read(int most) {
    long last = frontier.last();
    List<T> entries = new ArrayList<>(Math.min(most, 64));
    while (entries.size() < most && next <= last) {
      place();
      long position = reader.read();
      if (position < 0) {
        throw new IllegalStateException("a durable entry of the journal is gone");
      }
      entries.add(reader.entry(position, decoder));
      next = position + 1;
    }
    return entries;
  }

  /** Goes to the first entry that is wanted, or to the next file when its file has no more. */
  private void place() {
    if (placed) {
      return;
    }
    next = Math.max(next, cycles.first());
    if (!reader.moveTo(next)) {
      next = cycles.after(next);
      if (next < 0 || !reader.moveTo(next)) {
        throw new IllegalStateException("a durable entry of the journal is gone");
      }
    }
    placed = true;
  }

  private void requireOpen() {
    if (ended || frontier.ended()) {
      throw new IllegalStateException("the journal is closed");
    }
  }
}
