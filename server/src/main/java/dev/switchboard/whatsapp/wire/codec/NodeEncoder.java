package dev.switchboard.whatsapp.wire.codec;

import dev.switchboard.whatsapp.wire.Content;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.util.List;
import java.util.zip.Deflater;

/** Writes nodes as WhatsApp's clients write them, to the byte. */
public final class NodeEncoder {
  private static final int LIST_8_LIMIT = 1 << 8;
  private static final int LIST_16_LIMIT = 1 << 16;

  private NodeEncoder() {}

  /** A flag byte (not compressed) and the node. */
  public static byte[] encode(Node node) {
    WireOutput output = new WireOutput();
    output.writeByte(0);
    write(node, output);
    return output.toByteArray();
  }

  /** A flag byte (compressed) and the node as a zlib stream; clients never send it. */
  public static byte[] encodeCompressed(Node node) {
    byte[] plain = encode(node);
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(plain, 1, plain.length - 1);
      deflater.finish();
      WireOutput output = new WireOutput();
      output.writeByte(Tag.COMPRESSED);
      byte[] chunk = new byte[1024];
      while (!deflater.finished()) {
        int length = deflater.deflate(chunk);
        for (int i = 0; i < length; i++) {
          output.writeByte(chunk[i]);
        }
      }
      return output.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static void write(Node node, WireOutput output) {
    int ofContent = node.content() instanceof Content.None ? 0 : 1;
    writeListSize(1 + 2 * node.attributes().size() + ofContent, output);
    WireStrings.write(node.tag(), output);
    node.attributes()
        .forEach((name, value) -> {
          WireStrings.write(name, output);
          WireStrings.write(value, output);
        });
    switch (node.content()) {
      case Content.None _ -> {}
      case Content.Binary binary -> output.writeBinary(binary.bytes());
      case Content.Text(var text) -> WireStrings.write(text, output);
      case Content.Children(var nodes) -> writeChildren(nodes, output);
    }
  }

  private static void writeChildren(List<Node> nodes, WireOutput output) {
    writeListSize(nodes.size(), output);
    for (Node node : nodes) {
      write(node, output);
    }
  }

  private static void writeListSize(int size, WireOutput output) {
    if (size == 0) {
      output.writeByte(Tag.LIST_EMPTY);
    } else if (size < LIST_8_LIMIT) {
      output.writeByte(Tag.LIST_8);
      output.writeByte(size);
    } else if (size < LIST_16_LIMIT) {
      output.writeByte(Tag.LIST_16);
      output.writeNumber(size, 2);
    } else {
      throw new WireException("a list of " + size + " does not fit the wire");
    }
  }
}
