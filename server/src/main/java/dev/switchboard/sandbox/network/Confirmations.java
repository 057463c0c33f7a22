package dev.switchboard.sandbox.network;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often a client confirmed the stanzas of one name. Of a message clients send a receipt, an
 * acknowledgement, or both (measured with independent clients): so many copies have arrived as it
 * sent of the kind it sent more of. An acknowledgement that only follows the receipt of the same
 * copy must not count for the next one, which the receipt asked for. Call under the network's lock.
 */
final class Confirmations {
  /** Names that are remembered; the one that was new longest ago goes first. */
  static final int MOST_REMEMBERED = 10_000;

  /** What a client says when a stanza has arrived. */
  enum Kind {
    RECEIPT,
    ACKNOWLEDGEMENT
  }

  private final Map<String, Counts> counts = new LinkedHashMap<>();

  /** Counts one, and says whether one more copy has arrived by it. */
  boolean confirms(String name, Kind kind) {
    Counts before = counts.getOrDefault(name, new Counts(0, 0));
    Counts after = before.plus(kind);
    counts.put(name, after);
    if (counts.size() > MOST_REMEMBERED) {
      counts.remove(counts.keySet().iterator().next());
    }
    return after.copies() > before.copies();
  }

  private record Counts(int receipts, int acknowledgements) {
    Counts plus(Kind kind) {
      return switch (kind) {
        case RECEIPT -> new Counts(receipts + 1, acknowledgements);
        case ACKNOWLEDGEMENT -> new Counts(receipts, acknowledgements + 1);
      };
    }

    int copies() {
      return Math.max(receipts, acknowledgements);
    }
  }
}
