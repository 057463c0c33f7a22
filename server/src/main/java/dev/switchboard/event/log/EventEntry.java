package dev.switchboard.event.log;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.event.EventKind;
import java.time.Instant;
import java.util.List;

/** What can be read of an entry without opening what is sealed in it. */
public sealed interface EventEntry {
  long position();

  /** When it was written; never earlier than for the entries before it. */
  Instant recordedAt();

  /**
   * An event.
   *
   * @param waitingId under which it waited in storage
   */
  record Head(
      AccountKey account,
      long sequence,
      long position,
      EventKind kind,
      Instant recordedAt,
      long waitingId)
      implements EventEntry {}

  /**
   * What was known when it was written, so that a start reads no further back. Too much for one
   * entry is said in several, one after the other.
   */
  record Checkpoint(long position, Instant recordedAt, Part part) implements EventEntry {}

  /** Files are deleted, or about to be. Appended before, so that a start knows what is missing. */
  record Deletion(long position, Instant recordedAt, Kept kept) implements EventEntry {}

  /**
   * What is left after deletions.
   *
   * @param first where the log begins
   * @param gone every event before it was deleted, and none after it
   */
  record Kept(long first, long gone) {}

  /**
   * A part of a checkpoint.
   *
   * @param number from 1 on
   * @param of how many parts there are
   * @param standings the last sequences of instances
   * @param undeleted ids of events that are in the log and may wait in storage still
   * @param kept what was left of the log
   */
  record Part(int number, int of, List<Standing> standings, List<Long> undeleted, Kept kept) {}

  /** How many events an instance has had. */
  record Standing(AccountKey account, long sequence) {}
}
