package dev.switchboard.whatsapp.session;

import dev.switchboard.whatsapp.wire.Node;

/** The server answered a request with an error. */
public final class RequestRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;

  private RequestRefused(int code) {
    super("the server answered with error " + code, null, false, false);
    this.code = code;
  }

  static RequestRefused by(Node reply) {
    return new RequestRefused(
        reply.child("error").map(error -> Numbers.of(error, "code", 0)).orElse(0));
  }

  /** As in HTTP: 404 not found, 429 too often; 0 when the server named none. */
  public int code() {
    return code;
  }
}
