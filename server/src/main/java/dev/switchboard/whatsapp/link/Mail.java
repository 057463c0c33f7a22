package dev.switchboard.whatsapp.link;

import dev.switchboard.whatsapp.socket.SocketEnd;

/** What a session finds in its mailbox. */
@SuppressWarnings("ArrayRecordComponent") // A piece of the stream is handed through, not compared.
public sealed interface Mail {
  /** The next bytes of the stream. */
  record Piece(byte[] bytes) implements Mail {}

  /** Something to do for another thread. */
  record Ordered(Order order) implements Mail {}

  /** The connection is gone and everything before that was read. */
  record Ended(SocketEnd end) implements Mail {}

  /** The session is asked to end. */
  record Stop() implements Mail {}

  /** Nothing came in the time given. */
  record Nothing() implements Mail {}
}
