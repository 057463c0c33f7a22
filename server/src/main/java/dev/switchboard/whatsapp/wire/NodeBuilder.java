package dev.switchboard.whatsapp.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds a {@link Node} step by step; attributes keep the order in which they are given. */
public final class NodeBuilder {
  private final String tag;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Node> children = new ArrayList<>();
  private Content content = Content.NONE;
  private boolean hasChildren;

  NodeBuilder(String tag) {
    this.tag = tag;
  }

  public NodeBuilder attribute(String name, String value) {
    attributes.put(name, value);
    return this;
  }

  public NodeBuilder attribute(String name, Jid value) {
    return attribute(name, value.toString());
  }

  public NodeBuilder attribute(String name, long value) {
    return attribute(name, Long.toString(value));
  }

  /** Sets the attribute if there is a value. */
  public NodeBuilder attribute(String name, Optional<String> value) {
    value.ifPresent(present -> attribute(name, present));
    return this;
  }

  public NodeBuilder child(Node child) {
    children.add(child);
    hasChildren = true;
    return this;
  }

  public NodeBuilder children(List<Node> more) {
    children.addAll(more);
    hasChildren = true;
    return this;
  }

  public NodeBuilder bytes(byte[] bytes) {
    content = new Content.Binary(bytes);
    return this;
  }

  public NodeBuilder text(String text) {
    content = new Content.Text(text);
    return this;
  }

  /**
   * The node.
   *
   * @throws IllegalStateException if both bytes (or a text) and children were given
   */
  public Node build() {
    if (hasChildren && !content.equals(Content.NONE)) {
      throw new IllegalStateException("a node holds children or bytes, not both");
    }
    return new Node(tag, attributes, hasChildren ? new Content.Children(children) : content);
  }
}
