package dev.switchboard.sandbox.socket;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A byte stream in two directions, as blocking code sees one websocket. */
public interface ByteLink {
  /**
   * The next piece of the stream, of any length.
   *
   * @return null when the peer closed or nothing came within {@code patience}
   */
  byte @Nullable [] receive(Duration patience) throws InterruptedException;

  /** Sends without blocking; a peer that does not read is disconnected at a stated bound. */
  void send(byte[] bytes);

  /** Reads nothing more, ever: what the peer sends stays with the system, as it fits. */
  void pause();

  /** Closes after what was sent has left; safe to call often and from any thread. */
  void close();

  /** Closes at once, as a broken network does. */
  void abort();
}
