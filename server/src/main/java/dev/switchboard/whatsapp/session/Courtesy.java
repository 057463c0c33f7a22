package dev.switchboard.whatsapp.session;

import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import java.util.Optional;

/**
 * The answers that every stanza gets, understood or not: a server repeats for ever what nobody
 * acknowledged. Shapes as independent clients send them.
 */
public final class Courtesy {
  private static final String NOT_IMPLEMENTED = "501";

  private Courtesy() {}

  /** The acknowledgement of a message, receipt, notification or call. */
  public static Node ack(Node stanza) {
    return Node.builder("ack")
        .attribute("id", stanza.attribute("id"))
        .attribute("to", stanza.attribute("from").orElse(Jid.WHATSAPP.toString()))
        .attribute("class", stanza.tag())
        .attribute("participant", stanza.attribute("participant"))
        .attribute("recipient", stanza.attribute("recipient"))
        .attribute("type", stanza.attribute("type"))
        .build();
  }

  /** The answer to a request of the server; empty for what is none, as replies are. */
  public static Optional<Node> answer(Node iq) {
    if (!iq.has("type", "get") && !iq.has("type", "set")) {
      return Optional.empty();
    }
    return Optional.of(iq.has("xmlns", "urn:xmpp:ping") ? result(iq) : notImplemented(iq));
  }

  /** The empty result of a request of the server. */
  public static Node result(Node iq) {
    return reply(iq, "result").build();
  }

  /** A result with content. */
  public static Node result(Node iq, Node content) {
    return reply(iq, "result").child(content).build();
  }

  /** An error as the answer to a request of the server. */
  public static Node error(Node iq, String code, String text) {
    Node error = Node.builder("error").attribute("code", code).attribute("text", text).build();
    return reply(iq, "error").child(error).build();
  }

  private static Node notImplemented(Node iq) {
    return error(iq, NOT_IMPLEMENTED, "feature-not-implemented");
  }

  private static NodeBuilder reply(Node iq, String type) {
    return Node.builder("iq")
        .attribute("id", iq.attribute("id"))
        .attribute("to", iq.attribute("from").orElse(Jid.WHATSAPP.toString()))
        .attribute("type", type);
  }
}
