package dev.switchboard.sandbox.socket;

/**
 * Bounds of the listening side.
 *
 * @param connections websockets open at the same time; more are turned away with 503
 * @param websocketMessageBytes longest websocket message
 * @param inboundBytes received and not yet read bytes per connection
 * @param outboundBytes written and not yet sent bytes per connection
 * @param requestBytes longest body of an HTTP request
 */
public record SocketLimits(
    int connections,
    int websocketMessageBytes,
    int inboundBytes,
    int outboundBytes,
    int requestBytes) {
  /** Room for a load test of some thousands of accounts on one machine. */
  public static final SocketLimits DEFAULT =
      new SocketLimits(8_192, 1 << 24, 1 << 25, 1 << 25, 1 << 16);

  public SocketLimits {
    if (connections < 1
        || websocketMessageBytes < 1
        || inboundBytes < 1
        || outboundBytes < 1
        || requestBytes < 1) {
      throw new IllegalArgumentException("every socket limit is at least 1");
    }
  }
}
