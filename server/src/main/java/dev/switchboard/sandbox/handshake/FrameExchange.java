package dev.switchboard.sandbox.handshake;

import dev.switchboard.sandbox.socket.ByteLink;
import dev.switchboard.whatsapp.wire.frame.FrameReader;
import dev.switchboard.whatsapp.wire.frame.FrameWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Frames over a byte stream. Reading belongs to one thread; writers must take turns. */
public final class FrameExchange {
  /** A text of the greatest length for every device of two large accounts fits. */
  static final int MAXIMUM_FRAME_BYTES = 8 << 20;

  private final ByteLink link;
  private final FrameReader reader = FrameReader.ofServer(MAXIMUM_FRAME_BYTES);
  private final FrameWriter writer = FrameWriter.ofServer();
  private final Deque<byte[]> read = new ArrayDeque<>();
  private final Duration handshakePatience;

  public FrameExchange(ByteLink link, Duration handshakePatience) {
    this.link = link;
    this.handshakePatience = handshakePatience;
  }

  /**
   * The next frame of the handshake.
   *
   * @throws ConnectionEndedException when the client is gone or takes too long
   */
  byte[] receive() throws InterruptedException {
    byte[] frame = receive(handshakePatience);
    if (frame == null) {
      throw new ConnectionEndedException("no frame within the time for the handshake");
    }
    return frame;
  }

  /** The next frame, or null when the client is gone or nothing came in time. */
  public byte @Nullable [] receive(Duration patience) throws InterruptedException {
    while (read.isEmpty()) {
      byte[] bytes = link.receive(patience);
      if (bytes == null) {
        return null;
      }
      read.addAll(reader.read(bytes));
    }
    return read.removeFirst();
  }

  public void send(byte[] frame) {
    link.send(writer.write(frame));
  }
}
