package dev.switchboard.outbox;

import dev.switchboard.model.Peer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The chats whose oldest message failed and waits for another try, so that one bad recipient stalls
 * nobody else. Belongs to one sender's thread. Holds at most one entry per failing chat and never
 * more than its limit; entries leave with the message that made them.
 */
final class SetAside {
  private record Entry(Peer chat, int failures, Instant until) {}

  private final Map<String, Entry> entries = new HashMap<>();
  private final int limit;

  SetAside(int limit) {
    this.limit = limit;
  }

  int failuresOf(Peer chat) {
    Entry entry = entries.get(chat.canonical());
    return entry == null ? 0 : entry.failures;
  }

  /**
   * Sets the chat aside for the given time, counting one more failure of its message.
   *
   * @return whether there was room; without it the sender has to wait with this chat
   */
  boolean add(Peer chat, Instant now, Duration wait) {
    String name = chat.canonical();
    if (entries.size() >= limit && !entries.containsKey(name)) {
      return false;
    }
    entries.put(name, new Entry(chat, failuresOf(chat) + 1, now.plus(wait)));
    return true;
  }

  void remove(Peer chat) {
    entries.remove(chat.canonical());
  }

  /** The chats to pass over at this time. */
  List<Peer> waiting(Instant now) {
    return entries.values().stream()
        .filter(entry -> now.isBefore(entry.until))
        .map(Entry::chat)
        .toList();
  }

  /** When the next chat's wait is over. */
  Optional<Instant> nextDue(Instant now) {
    return entries.values().stream()
        .map(Entry::until)
        .filter(now::isBefore)
        .min(Instant::compareTo);
  }
}
