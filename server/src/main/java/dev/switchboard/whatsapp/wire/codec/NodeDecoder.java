package dev.switchboard.whatsapp.wire.codec;

import dev.switchboard.whatsapp.wire.Content;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one node from the plaintext of a frame. Whatever the bytes, it ends with a node or with a
 * {@link WireException}, in bounded time, depth and memory.
 */
public final class NodeDecoder {
  /** Lists begin small: what a header promises costs nothing until it is there. */
  private static final int INITIAL_LIST_CAPACITY = 16;

  private final WireInput input;
  private final DecoderLimits limits;
  private int items;

  private NodeDecoder(WireInput input, DecoderLimits limits) {
    this.input = input;
    this.limits = limits;
  }

  /** Reads a flag byte and the node, within {@link DecoderLimits#DEFAULT}. */
  public static Node decode(byte[] bytes) {
    return decode(bytes, DecoderLimits.DEFAULT);
  }

  /** Reads a flag byte and the node. */
  public static Node decode(byte[] bytes, DecoderLimits limits) {
    if (bytes.length == 0) {
      throw new WireException("no bytes at all");
    }
    NodeDecoder decoder = new NodeDecoder(plain(bytes, limits), limits);
    Node node = decoder.readNode(1);
    if (decoder.input.remaining() > 0) {
      throw new WireException("bytes behind the node");
    }
    return node;
  }

  private static WireInput plain(byte[] bytes, DecoderLimits limits) {
    if ((bytes[0] & Tag.COMPRESSED) == 0) {
      return new WireInput(bytes, 1, bytes.length);
    }
    byte[] inflated = Inflation.inflate(bytes, 1, limits.maximumInflatedBytes());
    return new WireInput(inflated, 0, inflated.length);
  }

  private Node readNode(int depth) {
    if (depth > limits.maximumDepth()) {
      throw new WireException("nodes nest too deep");
    }
    int size = readListSize(input.readByte());
    if (size == 0) {
      throw new WireException("a node without a tag");
    }
    countItems(1);
    String tag = WireStrings.read(input);
    Map<String, String> attributes = readAttributes((size - 1) / 2);
    Content content = size % 2 == 0 ? readContent(depth) : Content.NONE;
    return new Node(tag, attributes, content);
  }

  private Map<String, String> readAttributes(int count) {
    countItems(count);
    if (count == 0) {
      return Map.of();
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = WireStrings.read(input);
      if (attributes.put(name, WireStrings.read(input)) != null) {
        throw new WireException("an attribute stands twice");
      }
    }
    return attributes;
  }

  private Content readContent(int depth) {
    int tag = input.readByte();
    return switch (tag) {
      case Tag.LIST_EMPTY, Tag.LIST_8, Tag.LIST_16 -> readChildren(readListSize(tag), depth);
      case Tag.BINARY_8 -> new Content.Binary(input.readBytes(input.readByte()));
      case Tag.BINARY_20 -> new Content.Binary(input.readBytes(input.readNumber(3) & 0xfffff));
      case Tag.BINARY_32 -> new Content.Binary(input.readBytes(input.readNumber(4)));
      default -> new Content.Text(WireStrings.read(tag, input));
    };
  }

  private Content readChildren(int count, int depth) {
    List<Node> nodes = new ArrayList<>(Math.min(count, INITIAL_LIST_CAPACITY));
    for (int i = 0; i < count; i++) {
      nodes.add(readNode(depth + 1));
    }
    return new Content.Children(nodes);
  }

  private int readListSize(int tag) {
    return switch (tag) {
      case Tag.LIST_EMPTY -> 0;
      case Tag.LIST_8 -> input.readByte();
      case Tag.LIST_16 -> input.readNumber(2);
      default -> throw new WireException("a list was expected, not " + tag);
    };
  }

  private void countItems(int more) {
    items += more;
    if (items > limits.maximumItems()) {
      throw new WireException("more nodes and attributes than allowed");
    }
  }
}
