package dev.switchboard.event.log;

import dev.switchboard.event.log.EventEntry.Checkpoint;
import dev.switchboard.event.log.EventEntry.Deletion;
import dev.switchboard.event.log.EventEntry.Head;
import dev.switchboard.event.log.EventEntry.Kept;
import dev.switchboard.event.log.EventEntry.Part;
import dev.switchboard.journal.log.LogTail;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds out after a start what the log holds: from the last whole checkpoint on, no further. */
public final class Recovery {
  private static final int BATCH = 1_000;

  private final EventLog log;
  private final Standings standings = new Standings();
  private long checkpoint;

  private Recovery(EventLog log) {
    this.log = log;
  }

  /**
   * Reads what has to be known.
   *
   * @param from whose events are wanted by {@code heads} too, if it is before the checkpoint
   * @param heads is told of the events that are read, in order
   */
  public static Recovery of(EventLog log, long from, Consumer<Head> heads)
      throws InterruptedException {
    Recovery recovery = new Recovery(log);
    recovery.checkpoint = recovery.lastCheckpoint();
    recovery.read(Math.min(from, recovery.checkpoint), heads);
    return recovery;
  }

  public Standings standings() {
    return standings;
  }

  /** Where the last checkpoint begins; what lies before it is not needed for a start. */
  public long checkpoint() {
    return checkpoint;
  }

  /** Backwards; without a whole one everything is read. */
  private long lastCheckpoint() {
    boolean whole = false;
    for (long position = log.end() - 1; position >= 0; position--) {
      Optional<EventEntry> entry = log.entry(position);
      if (entry.isEmpty()) { // Between files.
        position = log.lastBefore(position) + 1;
      } else if (entry.get() instanceof Checkpoint(long at, var _, Part part)) {
        whole |= part.number() == part.of();
        if (whole && part.number() == 1) {
          return at;
        }
      }
    }
    log.remember(new Kept(log.first(), 0)); // Nothing is deleted before there is a checkpoint.
    return log.first();
  }

  private void read(long from, Consumer<Head> heads) throws InterruptedException {
    long end = log.end();
    try (LogTail<EventEntry> tail = log.entries(from)) {
      long next = from;
      while (next < end) {
        List<EventEntry> entries = tail.next(BATCH, Duration.ofSeconds(1));
        if (entries.isEmpty()) {
          return;
        }
        entries.forEach(entry -> add(entry, heads));
        next = entries.getLast().position() + 1;
      }
    }
  }

  private void add(EventEntry entry, Consumer<Head> heads) {
    if (entry.position() >= checkpoint) {
      standings.add(entry);
    }
    switch (entry) {
      case Head head -> heads.accept(head);
      case Checkpoint(long _, var _, Part part) -> log.remember(part.kept());
      case Deletion deletion -> log.remember(deletion.kept());
    }
  }
}
