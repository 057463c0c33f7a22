package dev.switchboard.journal.chronicle.commit;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Where callers' entries wait for the writer: bounded in number and in bytes. */
public final class WaitingRoom {
  /** Beyond this, what waits is not taken in one go: the first shall not wait for the last. */
  private static final long MOST_BYTES_AT_ONCE = 8L << 20;

  private static final long MOST_BYTES = 64L << 20;
  private static final Duration RETRY_AFTER = Duration.ofMillis(100);

  private final ConcurrentLinkedQueue<Ticket> tickets = new ConcurrentLinkedQueue<>();
  private final AtomicInteger entries = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final int mostEntries;
  private volatile @Nullable Thread sleeper;
  private volatile boolean closed;

  public WaitingRoom(int mostEntries) {
    this.mostEntries = mostEntries;
  }

  /**
   * Takes entries in.
   *
   * @throws GatewayException JOURNAL_UNAVAILABLE when too much waits, or no more is taken
   */
  public void enter(Ticket ticket) {
    int count = ticket.entries().size();
    long size = size(ticket);
    if (!closed && !reserve(count, size)) {
      throw GatewayException.retryable(
          Reason.JOURNAL_UNAVAILABLE, "too much waits for the journal", RETRY_AFTER, null);
    }
    tickets.add(ticket);
    LockSupport.unpark(sleeper);
    if (closed && ticket.withdraw()) {
      throw new GatewayException(Reason.JOURNAL_UNAVAILABLE, "the journal is closed");
    }
  }

  /** How many entries wait. */
  public int entries() {
    return entries.get();
  }

  /** What waits, as soon as something does; nothing once the room is closed and empty. */
  List<Ticket> take() {
    List<Ticket> taken = poll();
    while (taken.isEmpty() && !(closed && tickets.isEmpty())) {
      sleepWhileEmpty();
      taken = poll();
    }
    return taken;
  }

  /** No more is taken in; what waits stays until it is taken. */
  public void close() {
    closed = true;
    LockSupport.unpark(sleeper);
  }

  private void sleepWhileEmpty() {
    sleeper = Thread.currentThread();
    if (tickets.isEmpty() && !closed) {
      LockSupport.park(this);
    }
    sleeper = null;
  }

  private List<Ticket> poll() {
    List<Ticket> taken = new ArrayList<>();
    long size = 0;
    while (size < MOST_BYTES_AT_ONCE) {
      Ticket ticket = tickets.poll();
      if (ticket == null) {
        break;
      }
      size += size(ticket);
      release(ticket);
      if (ticket.take()) {
        taken.add(ticket);
      }
    }
    return taken;
  }

  /** A single list may be longer than the bounds, when nothing else waits. */
  private boolean reserve(int count, long size) {
    int countBefore = entries.getAndAdd(count);
    long sizeBefore = bytes.getAndAdd(size);
    boolean room = countBefore + count <= mostEntries && sizeBefore + size <= MOST_BYTES;
    if (room || countBefore == 0) {
      return true;
    }
    entries.addAndGet(-count);
    bytes.addAndGet(-size);
    return false;
  }

  private void release(Ticket ticket) {
    entries.addAndGet(-ticket.entries().size());
    bytes.addAndGet(-size(ticket));
  }

  private static long size(Ticket ticket) {
    long size = 0;
    for (byte[] entry : ticket.entries()) {
      size += entry.length;
    }
    return size;
  }
}
