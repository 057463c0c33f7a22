package dev.switchboard.whatsapp.fuzz;

import dev.switchboard.whatsapp.wire.Content;
import dev.switchboard.whatsapp.wire.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Changes bytes and stanzas a little, in the places where readers go wrong. */
public final class Mutator {
  private static final int[] EDGES = {0, 1, 2, 10, 18, 0x7f, 0x80, 0xfe, 0xff};
  private static final List<String> VALUES =
      List.of(
          "",
          "0",
          "-1",
          "99999999999999999999",
          "2147483648",
          "253402300800",
          "NaN",
          "\u0000",
          "@",
          "@lid",
          "@s.whatsapp.net",
          "15550002000@s.whatsapp.net",
          "15550002000:99@s.whatsapp.net",
          "15550001000@s.whatsapp.net",
          "100000000002000@lid",
          "1:2:3@lid",
          "120363000000000001@g.us",
          "status@broadcast",
          "x".repeat(200),
          "read",
          "retry",
          "result");

  private final Random random;

  Mutator(Random random) {
    this.random = random;
  }

  /** Whether, once in so many times. */
  public boolean once(int times) {
    return random.nextInt(times) == 0;
  }

  public <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  public byte[] bytes(int most) {
    byte[] bytes = new byte[random.nextInt(most + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A few bytes changed, cut off, doubled or put in; none at times. */
  public byte[] change(byte[] seed) {
    byte[] bytes = seed.clone();
    for (int change = random.nextInt(5); change > 0 && bytes.length > 0; change--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) EDGES[random.nextInt(EDGES.length)];
        case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 3 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 8));
        case 4 -> bytes = splice(bytes, at, bytes(8));
        default ->
            bytes =
                splice(bytes, at, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 40)));
      }
    }
    return bytes;
  }

  private static byte[] splice(byte[] bytes, int at, byte[] more) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + more.length);
    System.arraycopy(more, 0, longer, at, more.length);
    System.arraycopy(bytes, at, longer, at + more.length, bytes.length - at);
    return longer;
  }

  /** Something of the stanza changed, anywhere in it; nothing at times. */
  public Node change(Node node) {
    Node changed = node;
    for (int change = random.nextInt(4); change > 0; change--) {
      changed = somewhere(changed, this::changeHere);
    }
    return changed;
  }

  private Node somewhere(Node node, UnaryOperator<Node> change) {
    List<Node> children = node.children();
    if (children.isEmpty() || once(1 + children.size())) {
      return change.apply(node);
    }
    List<Node> others = new ArrayList<>(children);
    int at = random.nextInt(others.size());
    others.set(at, somewhere(others.get(at), change));
    return new Node(node.tag(), node.attributes(), new Content.Children(others));
  }

  private Node changeHere(Node node) {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> new Node(node.tag(), changed(node.attributes()), node.content());
      case 3 -> new Node(node.tag(), node.attributes(), Content.NONE);
      case 4 -> new Node(node.tag(), node.attributes(), new Content.Binary(bytes(40)));
      case 5 -> new Node(node.tag(), node.attributes(), new Content.Text(oneOf(VALUES)));
      case 6 -> new Node(node.tag(), node.attributes(), changed(node.content()));
      default -> new Node(once(2) ? "x" : "list", node.attributes(), node.content());
    };
  }

  private Map<String, String> changed(Map<String, String> attributes) {
    Map<String, String> changed = new LinkedHashMap<>(attributes);
    if (changed.isEmpty() || once(6)) {
      changed.put(oneOf(List.of("id", "from", "t", "count", "sender_lid")), oneOf(VALUES));
      return changed;
    }
    String name = oneOf(List.copyOf(changed.keySet()));
    if (once(3)) {
      changed.remove(name);
    } else {
      changed.put(name, oneOf(VALUES));
    }
    return changed;
  }

  private Content changed(Content content) {
    return switch (content) {
      case Content.None none -> none;
      case Content.Binary binary -> new Content.Binary(change(binary.bytes()));
      case Content.Text ignored -> new Content.Text(oneOf(VALUES));
      case Content.Children(var nodes) -> new Content.Children(changed(nodes));
    };
  }

  private List<Node> changed(List<Node> nodes) {
    List<Node> changed = new ArrayList<>(nodes);
    if (!changed.isEmpty()) {
      Node one = oneOf(nodes);
      if (once(2)) {
        changed.remove(one);
      } else {
        changed.addAll(Collections.nCopies(1 + random.nextInt(40), one));
      }
    }
    return changed;
  }
}
