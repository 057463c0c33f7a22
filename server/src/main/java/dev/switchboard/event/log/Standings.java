package dev.switchboard.event.log;

import dev.switchboard.event.log.EventEntry.Checkpoint;
import dev.switchboard.event.log.EventEntry.Deletion;
import dev.switchboard.event.log.EventEntry.Head;
import dev.switchboard.event.log.EventEntry.Kept;
import dev.switchboard.event.log.EventEntry.Part;
import dev.switchboard.event.log.EventEntry.Standing;
import dev.switchboard.model.AccountKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the writer has to know of everything before: how many events each instance has had, of those
 * that were deleted too, and which events are in the log while they may wait in storage still.
 * Belongs to one thread.
 */
public final class Standings {
  /** Some 150 KB of names at most. */
  private static final int STANDINGS_A_PART = 1_000;

  private static final int IDS_A_PART = 10_000;

  private final Map<AccountKey, Long> sequences = new HashMap<>();
  private final Set<Long> undeleted = new HashSet<>();
  private Instant latest = Instant.EPOCH;

  /** The last sequence of an instance; 0 when it had no event. */
  public long sequence(AccountKey account) {
    return sequences.getOrDefault(account, 0L);
  }

  /** An event is in the log. */
  public void told(AccountKey account, long sequence, long waitingId, Instant recordedAt) {
    sequences.merge(account, sequence, Math::max);
    undeleted.add(waitingId);
    latest = recordedAt;
  }

  /** Whether an event is in the log, of those that may wait in storage still. */
  public boolean isTold(long waitingId) {
    return undeleted.contains(waitingId);
  }

  /** How many may wait in storage still. */
  public int undeleted() {
    return undeleted.size();
  }

  /** These do not wait any more. */
  public void deleted(Collection<Long> waitingIds) {
    waitingIds.forEach(undeleted::remove);
  }

  /** None that is in the log waits any more. */
  public void allDeleted() {
    undeleted.clear();
  }

  /** The present for an entry: never earlier than that of the last one. */
  public Instant notBeforeLatest(Instant now) {
    return now.isBefore(latest) ? latest : now;
  }

  void add(EventEntry entry) {
    switch (entry) {
      case Head head -> told(head.account(), head.sequence(), head.waitingId(), head.recordedAt());
      case Checkpoint(long _, Instant at, Part part) -> {
        part.standings()
            .forEach(
                standing -> sequences.merge(standing.account(), standing.sequence(), Math::max));
        undeleted.addAll(part.undeleted());
        latest = at;
      }
      case Deletion(long _, Instant at, Kept _) -> latest = at;
    }
  }

  /** A checkpoint of all this. */
  List<Part> parts(Kept kept) {
    List<Standing> standings = new ArrayList<>(sequences.size());
    sequences.forEach((account, sequence) -> standings.add(new Standing(account, sequence)));
    List<Long> ids = List.copyOf(undeleted);
    int count =
        Math.max(
            1,
            Math.max(
                Math.ceilDiv(standings.size(), STANDINGS_A_PART),
                Math.ceilDiv(ids.size(), IDS_A_PART)));
    List<Part> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      parts.add(
          new Part(
              i + 1,
              count,
              slice(standings, i, STANDINGS_A_PART),
              slice(ids, i, IDS_A_PART),
              kept));
    }
    return parts;
  }

  private static <T> List<T> slice(List<T> all, int number, int size) {
    int from = Math.min(all.size(), number * size);
    return all.subList(from, Math.min(all.size(), from + size));
  }
}
