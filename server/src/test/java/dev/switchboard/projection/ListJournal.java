package dev.switchboard.projection;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalStatus;
import dev.switchboard.journal.Positioned;
import dev.switchboard.journal.Tail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A journal in a list, with gaps between positions; it survives those who use it. */
public final class ListJournal implements Journal {
  private static final int STEP = 3;

  private final String id = UUID.randomUUID().toString();
  private final ConcurrentSkipListMap<Long, JournalEntry> entries = new ConcurrentSkipListMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition appended = lock.newCondition();
  private long last = 7;
  private long count;

  @Override
  public String id() {
    return id;
  }

  @Override
  public long append(JournalEntry entry) {
    lock.lock();
    try {
      last += STEP;
      count++;
      entries.put(last, entry);
      appended.signalAll();
      return last;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Long> appendAll(List<JournalEntry> all) {
    return all.stream().map(this::append).toList();
  }

  @Override
  public Optional<JournalEntry> read(long position) {
    return Optional.ofNullable(entries.get(position));
  }

  @Override
  public Tail tail(long from) {
    return new ListTail(from);
  }

  @Override
  public long first() {
    return 0;
  }

  @Override
  public long end() {
    lock.lock();
    try {
      return last + 2;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long beginningOfLast(int cycles) {
    return 0;
  }

  @Override
  public void release(long before) {}

  @Override
  public long appended() {
    return status().appended();
  }

  @Override
  public JournalStatus status() {
    lock.lock();
    try {
      return new JournalStatus(count, count, 0, 1, true);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {}

  private final class ListTail implements Tail {
    private long next;

    ListTail(long next) {
      this.next = next;
    }

    @Override
    public List<Positioned> next(int most, Duration atMost) throws InterruptedException {
      lock.lockInterruptibly();
      try {
        var left = atMost.toNanos();
        while (entries.tailMap(next).isEmpty() && left > 0) {
          left = appended.awaitNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
        }
        var found = new ArrayList<Positioned>();
        var entry = entries.ceilingEntry(next);
        while (entry != null && found.size() < most) {
          found.add(new Positioned(entry.getKey(), entry.getValue()));
          next = entry.getKey() + 1;
          entry = entries.ceilingEntry(next);
        }
        return found;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {}
  }
}
