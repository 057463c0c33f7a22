package dev.switchboard.sandbox.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A node without what differs from run to run.
 *
 * @param attributes by name: their order means nothing
 * @param text what it holds besides children; empty for nothing
 * @param times how many equal nodes in a row it stands for
 */
public record MaskedNode(
    String tag,
    SortedMap<String, String> attributes,
    String text,
    List<MaskedNode> children,
    int times) {
  public MaskedNode {
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    children = List.copyOf(children);
  }

  /** The nodes with one in the place of equal ones that follow each other. */
  static List<MaskedNode> folded(List<MaskedNode> nodes) {
    var folded = new ArrayList<MaskedNode>();
    for (MaskedNode node : nodes) {
      if (!folded.isEmpty() && folded.getLast().isAlike(node)) {
        folded.add(folded.removeLast().oneMore());
      } else {
        folded.add(node);
      }
    }
    return folded;
  }

  private boolean isAlike(MaskedNode other) {
    return tag.equals(other.tag)
        && text.equals(other.text)
        && attributes.equals(other.attributes)
        && children.equals(other.children);
  }

  private MaskedNode oneMore() {
    return new MaskedNode(tag, attributes, text, children, times + 1);
  }

  /** Writes it in the one form that digests are made of. */
  void writeTo(StringBuilder out) {
    out.append('<').append(times);
    write(tag, out);
    attributes.forEach((name, value) -> {
      write(name, out);
      write(value, out);
    });
    out.append('|');
    write(text, out);
    children.forEach(child -> child.writeTo(out));
    out.append('>');
  }

  private static void write(String part, StringBuilder out) {
    out.append(' ').append(part.length()).append(':').append(part);
  }
}
