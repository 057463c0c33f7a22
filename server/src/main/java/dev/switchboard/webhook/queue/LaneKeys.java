package dev.switchboard.webhook.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.model.AccountKey;
import java.util.List;

/**
 * Numbers that stand for lanes: the same today and after the next start, and small. Two chats that
 * share one by accident wait for each other and nothing else.
 */
final class LaneKeys {
  private static final long OFFSET = 0xcbf29ce484222325L; // FNV-1a of 64 bits.
  private static final long PRIME = 0x100000001b3L;

  private LaneKeys() {}

  /** One for each name of a chat, or the one of what belongs to none. */
  static long[] of(AccountKey account, List<String> chats) {
    List<String> names = chats.isEmpty() ? List.of("") : chats;
    String instance = account.instance().value();
    return names.stream().mapToLong(name -> hash(instance + "\n" + name)).distinct().toArray();
  }

  private static long hash(String text) {
    long hash = OFFSET;
    for (byte b : text.getBytes(UTF_8)) {
      hash = (hash ^ (b & 0xff)) * PRIME;
    }
    return hash;
  }
}
