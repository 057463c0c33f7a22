package dev.switchboard.interop.parity;

import dev.switchboard.api.sandbox.v1.StanzaNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One stanza of a client, as text, without what is its account's own.
 *
 * @param kind what it is about, by which the sayings of two clients are brought together
 * @param text the whole of it
 */
record Saying(String kind, String text) {
  /** Baileys adds it to some messages and not to others. */
  private static final Set<String> SOMETIMES = Set.of("reporting");

  static Saying of(StanzaNode node, Names names) {
    StringBuilder text = new StringBuilder();
    write(node, names, text);
    return new Saying(kind(node), text.toString());
  }

  /** Tag, namespace, type and first child: {@code iq get encrypt count}. */
  private static String kind(StanzaNode node) {
    StringBuilder kind = new StringBuilder(node.getTag());
    for (String name : new String[] {"class", "type", "xmlns"}) {
      String value = node.getAttributesMap().get(name);
      if (value != null) {
        kind.append(' ').append(value);
      }
    }
    if (node.getChildrenCount() > 0) {
      kind.append(' ').append(node.getChildren(0).getTag());
    }
    return kind.toString();
  }

  private static void write(StanzaNode node, Names names, StringBuilder text) {
    text.append('<').append(node.getTag());
    for (Map.Entry<String, String> each : new TreeMap<>(node.getAttributesMap()).entrySet()) {
      String value = names.masked(each.getKey(), each.getValue());
      text.append(' ').append(each.getKey()).append('=').append(value);
    }
    if (node.getChildrenCount() == 0 && node.getText().isEmpty()) {
      text.append("/>");
    } else {
      text.append('>').append(names.masked(node.getTag(), node.getText()));
      node.getChildrenList().stream()
          .filter(child -> !SOMETIMES.contains(child.getTag()))
          .forEach(child -> write(child, names, text));
      text.append("</").append(node.getTag()).append('>');
    }
    if (node.getTimes() > 1) {
      text.append('×').append(node.getTimes());
    }
  }
}
