package dev.switchboard.interop.stanza;

import static java.util.stream.Collectors.joining;

import dev.switchboard.whatsapp.wire.Content;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.util.HexFormat;

/**
 * Writes nodes so that those which mean the same are the same text: codecs differ in how they hand
 * out a text (as bytes or as a string) and in how they name WhatsApp itself.
 */
final class SameStanza {
  private SameStanza() {}

  static String canonical(Node node) {
    String attributes =
        node.attributes().entrySet().stream()
            .map(attribute -> " " + attribute.getKey() + "=" + value(attribute.getValue()))
            .collect(joining());
    return "<" + node.tag() + attributes + ">" + content(node) + "</" + node.tag() + ">";
  }

  private static String value(String text) {
    return text.equals(Jid.WHATSAPP.server().host()) ? Jid.WHATSAPP.toString() : text;
  }

  private static String content(Node node) {
    return switch (node.content()) {
      case Content.None _ -> "";
      case Content.Children(var nodes) ->
          nodes.stream().map(SameStanza::canonical).collect(joining("\n", "\n", "\n"));
      case Content.Binary _, Content.Text _ -> HexFormat.of().formatHex(node.bytes());
    };
  }
}
