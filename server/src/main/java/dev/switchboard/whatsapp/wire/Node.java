package dev.switchboard.whatsapp.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One stanza, or a part of one: a tag, attributes in their order, and content. Immutable.
 *
 * <p>JIDs are strings in canonical text, in attributes and in content. To name WhatsApp itself
 * write {@link Jid#WHATSAPP} ({@code @s.whatsapp.net}): it goes out as a JID without a user, which
 * strict clients insist on; the bare {@code s.whatsapp.net} would go out as a token.
 */
public record Node(String tag, Map<String, String> attributes, Content content) {
  public Node {
    if (tag.isEmpty()) {
      throw new WireException("a node needs a tag");
    }
    attributes =
        attributes.isEmpty()
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  public static Node of(String tag) {
    return new Node(tag, Map.of(), Content.NONE);
  }

  public static Node of(String tag, Node... children) {
    return of(tag, Map.of(), List.of(children));
  }

  public static Node of(String tag, List<Node> children) {
    return of(tag, Map.of(), children);
  }

  public static Node of(String tag, byte[] bytes) {
    return new Node(tag, Map.of(), new Content.Binary(bytes));
  }

  public static Node of(String tag, Map<String, String> attributes) {
    return new Node(tag, attributes, Content.NONE);
  }

  public static Node of(String tag, Map<String, String> attributes, Node... children) {
    return of(tag, attributes, List.of(children));
  }

  public static Node of(String tag, Map<String, String> attributes, List<Node> children) {
    return new Node(tag, attributes, new Content.Children(children));
  }

  public static Node of(String tag, Map<String, String> attributes, byte[] bytes) {
    return new Node(tag, attributes, new Content.Binary(bytes));
  }

  /** Begins a node whose attributes or children depend on something. */
  public static NodeBuilder builder(String tag) {
    return new NodeBuilder(tag);
  }

  /** The attribute's value. */
  public Optional<String> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /**
   * The attribute's value.
   *
   * @throws WireException if it is absent
   */
  public String requiredAttribute(String name) {
    return attribute(name)
        .orElseThrow(() -> new WireException("<" + tag + "> lacks the attribute " + name));
  }

  /** The attribute as a JID; empty if it is absent or malformed. */
  public Optional<Jid> jid(String name) {
    return Jid.tryParse(attributes.get(name));
  }

  /** Whether the attribute has this value. */
  public boolean has(String name, String value) {
    return value.equals(attributes.get(name));
  }

  /** All children, in order; none if the content is something else. */
  public List<Node> children() {
    return content instanceof Content.Children(var nodes) ? nodes : List.of();
  }

  /** The children with this tag, in order. */
  public List<Node> children(String childTag) {
    return children().stream().filter(child -> child.tag.equals(childTag)).toList();
  }

  /** The first child with this tag. */
  public Optional<Node> child(String childTag) {
    return children().stream().filter(child -> child.tag.equals(childTag)).findFirst();
  }

  /**
   * The first child with this tag.
   *
   * @throws WireException if there is none
   */
  public Node requiredChild(String childTag) {
    return child(childTag)
        .orElseThrow(() -> new WireException("<" + tag + "> lacks a <" + childTag + ">"));
  }

  /** The descendant that a path of tags leads to, first child by first child. */
  public Optional<Node> descendant(String... path) {
    return Arrays.stream(path)
        .reduce(
            Optional.of(this),
            (node, step) -> node.flatMap(parent -> parent.child(step)),
            (first, second) -> second);
  }

  /**
   * The content as bytes, a text as its UTF-8.
   *
   * @throws WireException if there is neither
   */
  public byte[] bytes() {
    return switch (content) {
      case Content.Binary binary -> binary.bytes();
      case Content.Text(var text) -> text.getBytes(StandardCharsets.UTF_8);
      case Content.None _, Content.Children _ ->
          throw new WireException("<" + tag + "> holds no bytes");
    };
  }

  /** The content as text: the bytes read as UTF-8. */
  public String text() {
    return content instanceof Content.Text(var text)
        ? text
        : new String(bytes(), StandardCharsets.UTF_8);
  }

  /** Tags and attribute names only: values may be numbers of people, content may be keys. */
  @Override
  public String toString() {
    return "<" + tag + " " + String.join(" ", attributes.keySet()) + ">" + content;
  }
}
