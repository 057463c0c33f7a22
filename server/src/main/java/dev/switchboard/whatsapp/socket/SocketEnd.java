package dev.switchboard.whatsapp.socket;

/**
 * How a websocket ended.
 *
 * @param code the close code that the server sent, or 1006 when the connection was just gone
 * @param detail a short text for logs
 */
public record SocketEnd(int code, String detail) {
  /** RFC 6455's code for a connection that ended without a close frame. */
  public static final int ABNORMAL = 1006;

  static SocketEnd abnormal(String detail) {
    return new SocketEnd(ABNORMAL, detail);
  }
}
