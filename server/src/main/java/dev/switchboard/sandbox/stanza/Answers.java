package dev.switchboard.sandbox.stanza;

import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;

/** Answers to requests. */
final class Answers {
  static final int BAD_REQUEST = 400;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int NOT_ACCEPTABLE = 406;
  static final int TOO_MANY = 429;
  static final int NOT_IMPLEMENTED = 501;

  private Answers() {}

  static Node result(Node request) {
    return to(request, "result").build();
  }

  static Node result(Node request, Node content) {
    return to(request, "result").child(content).build();
  }

  static Node error(Node request, int code) {
    return to(request, "error")
        .child(Node.builder("error").attribute("code", code).attribute("text", text(code)).build())
        .build();
  }

  private static NodeBuilder to(Node request, String type) {
    return Node.builder("iq")
        .attribute("from", Jid.WHATSAPP)
        .attribute("type", type)
        .attribute("id", request.attribute("id"));
  }

  private static String text(int code) {
    return switch (code) {
      case BAD_REQUEST -> "bad-request";
      case FORBIDDEN -> "forbidden";
      case NOT_FOUND -> "item-not-found";
      case NOT_ACCEPTABLE -> "not-acceptable";
      case TOO_MANY -> "rate-overlimit";
      default -> "feature-not-implemented";
    };
  }
}
