package dev.switchboard.projection;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.projection.PendingRecords.Ahead;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One account's records that wait for storage, in order of position. */
final class PendingOfAccount {
  private static final int BYTES_BESIDE_VALUE = 200;

  private record Attempt(long position, List<RecordChange> changes) {}

  private record Latest(long position, RecordChange change) {}

  private final Deque<Attempt> attempts = new ArrayDeque<>();
  private final Map<RecordKey, Latest> latest = new LinkedHashMap<>();
  private boolean inDoubt;

  /** What the changes take in memory, about. */
  static long bytes(List<RecordChange> changes) {
    return changes.stream().mapToLong(PendingOfAccount::bytes).sum();
  }

  private static long bytes(RecordChange change) {
    return switch (change) {
      case RecordChange.Put put -> BYTES_BESIDE_VALUE + put.value().length;
      case RecordChange.Remove _ -> BYTES_BESIDE_VALUE;
    };
  }

  /** How many bytes more it holds. */
  synchronized long add(long position, List<RecordChange> changes) {
    if (!attempts.isEmpty() && attempts.getLast().position() >= position) {
      throw new IllegalStateException("an account's attempts are appended one after the other");
    }
    attempts.addLast(new Attempt(position, changes));
    changes.forEach(change -> latest.put(change.key(), new Latest(position, change)));
    return bytes(changes);
  }

  synchronized Optional<RecordChange> find(RecordKey key) {
    @Nullable Latest found = latest.get(key);
    return found == null ? Optional.empty() : Optional.of(found.change());
  }

  synchronized boolean has(RecordKind kind) {
    return latest.keySet().stream().anyMatch(key -> key.kind() == kind);
  }

  synchronized Ahead after(long position) {
    if (attempts.isEmpty() || attempts.getLast().position() <= position) {
      return new Ahead(position, List.of());
    }
    var changes =
        latest.values().stream()
            .filter(found -> found.position() > position)
            .map(Latest::change)
            .toList();
    return new Ahead(attempts.getLast().position(), changes);
  }

  /** How many bytes fewer it holds without what lies at or before the position. */
  synchronized long drop(long position) {
    var dropped = 0L;
    while (!attempts.isEmpty() && attempts.getFirst().position() <= position) {
      dropped += bytes(attempts.removeFirst().changes());
    }
    if (dropped > 0) {
      latest.values().removeIf(found -> found.position() <= position);
    }
    return dropped;
  }

  synchronized boolean isEmpty() {
    return attempts.isEmpty();
  }

  synchronized boolean inDoubt() {
    return inDoubt;
  }

  synchronized PendingOfAccount withDoubt(boolean doubt) {
    inDoubt = doubt;
    return this;
  }

  PendingOfAccount doubted() {
    return withDoubt(true);
  }
}
