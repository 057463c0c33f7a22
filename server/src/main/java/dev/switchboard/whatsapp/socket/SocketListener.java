package dev.switchboard.whatsapp.socket;

/**
 * Takes what arrives on a websocket. Called on an event loop that many connections share: it must
 * not block.
 */
public interface SocketListener {
  /**
   * The next piece of the byte stream; websocket frames mean nothing beyond that.
   *
   * @return whether more may be read; after false nothing is read from the network until {@link
   *     SocketLink#resumeReading} is called (what was read already may still come)
   */
  boolean received(byte[] bytes);

  /** The connection is gone; told once, after the last piece. */
  void closed(SocketEnd end);
}
