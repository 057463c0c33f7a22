package dev.switchboard.loadtest.webhooks;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the receiver took, and what was wrong with it. Safe for use by many threads. */
final class Taken {
  private final Map<String, Long> sequences = new HashMap<>();
  private final Map<Integer, Long> chats = new HashMap<>();
  private long posts;
  private long repeated;
  private long reordered;
  private long forged;
  private long contradicted;

  /** A post came, whatever becomes of it: not before everything before it in its chat was taken. */
  synchronized void came(Post post, boolean genuine) {
    posts++;
    forged += genuine ? 0 : 1;
    Long known = sequences.get(post.header("webhook-id"));
    if (known == null && post.sequence() < chats.getOrDefault(post.chat(), 0L)) {
      reordered++;
    }
    contradicted += known != null && known != post.sequence() ? 1 : 0;
  }

  /** A post was taken. */
  synchronized void take(Post post) {
    if (sequences.putIfAbsent(post.header("webhook-id"), post.sequence()) != null) {
      repeated++;
    }
    chats.merge(post.chat(), post.sequence(), Math::max);
  }

  /** The ids of the events that were taken. */
  synchronized Set<String> ids() {
    return new HashSet<>(sequences.keySet());
  }

  synchronized long count() {
    return sequences.size();
  }

  /** What came in all, in as many attempts. */
  synchronized long posts() {
    return posts;
  }

  synchronized long repeated() {
    return repeated;
  }

  synchronized long reordered() {
    return reordered;
  }

  /** Posts without a right signature, or under another id than their event's. */
  synchronized long forged() {
    return forged;
  }

  /** Events that came again with another sequence. */
  synchronized long contradicted() {
    return contradicted;
  }
}
