package dev.switchboard.sandbox.log;

import dev.switchboard.whatsapp.wire.Content;
import dev.switchboard.whatsapp.wire.Node;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes out of stanzas what differs from run to run, or from client to client that says the same:
 * ids, times, keys and ciphertext. What stays: tags, names of attributes, JIDs, counts, kinds.
 */
final class Mask {
  private static final String ID = "<id>";
  private static final String TIME = "<time>";
  private static final String BYTES = "<bytes>";

  /** Values that are chosen at random, by name. */
  private static final Set<String> IDS = Set.of("id", "sid", "companion_enc_static");

  /** The ids of these are numbers that mean something. */
  private static final Set<String> NUMBERED = Set.of("device");

  private static final Set<String> TIMES =
      Set.of("t", "ts", "timestamp", "creation", "last", "from_ts");

  /** Longer ones have a length that depends on padding or on times. */
  private static final int LONGEST_COUNTED = 64;

  /** Ciphertexts may be short, and still their length depends on padding. */
  private static final Set<String> OF_ANY_LENGTH = Set.of("enc", "plaintext", "patch");

  private static final int SHORTEST_TEXT = 5;
  private static final int LONGEST_TEXT = 40;

  private Mask() {}

  static MaskedNode mask(Node node) {
    return new MaskedNode(
        node.tag(),
        attributes(node),
        text(node),
        MaskedNode.folded(node.children().stream().map(Mask::mask).toList()),
        1);
  }

  private static SortedMap<String, String> attributes(Node node) {
    var masked = new TreeMap<String, String>();
    node.attributes().forEach((name, value) -> masked.put(name, value(node.tag(), name, value)));
    return masked;
  }

  private static String value(String tag, String name, String value) {
    if (TIMES.contains(name)) {
      return TIME;
    }
    return IDS.contains(name) && !NUMBERED.contains(tag) ? ID : value;
  }

  private static String text(Node node) {
    return switch (node.content()) {
      case Content.None() -> "";
      case Content.Children _ -> "";
      case Content.Text(var text) -> text;
      case Content.Binary binary -> bytes(node.tag(), binary);
    };
  }

  private static String bytes(String tag, Content.Binary binary) {
    if (OF_ANY_LENGTH.contains(tag) || binary.length() > LONGEST_COUNTED) {
      return BYTES;
    }
    byte[] bytes = binary.bytes();
    return isText(bytes)
        ? new String(bytes, StandardCharsets.US_ASCII)
        : "<" + bytes.length + " bytes>";
  }

  /** Such as a phone number or the name of a browser: keys and ids of keys are none. */
  private static boolean isText(byte[] bytes) {
    for (byte each : bytes) {
      if (each < ' ' || each > '~') {
        return false;
      }
    }
    return bytes.length >= SHORTEST_TEXT && bytes.length <= LONGEST_TEXT;
  }
}
