package dev.switchboard.whatsapp.wire.frame;

import dev.switchboard.whatsapp.wire.WireException;

/** Puts the length, and before a client's first frame the header, in front. One thread's own. */
public final class FrameWriter {
  private static final int LENGTH_BYTES = 3;

  private byte[] intro;

  private FrameWriter(byte[] intro) {
    this.intro = intro;
  }

  /** The client's side: the header goes out with the first frame. */
  public static FrameWriter ofClient(ClientHeader header) {
    return new FrameWriter(header.toByteArray());
  }

  /** The server's side. */
  public static FrameWriter ofServer() {
    return new FrameWriter(new byte[0]);
  }

  /** The bytes to send for a frame. */
  public byte[] write(byte[] frame) {
    if (frame.length > FrameReader.MAXIMUM_FRAME_BYTES) {
      throw new WireException("a frame of " + frame.length + " bytes does not fit the wire");
    }
    int start = intro.length + LENGTH_BYTES;
    byte[] bytes = new byte[start + frame.length];
    System.arraycopy(intro, 0, bytes, 0, intro.length);
    bytes[start - 3] = (byte) (frame.length >> 16);
    bytes[start - 2] = (byte) (frame.length >> 8);
    bytes[start - 1] = (byte) frame.length;
    System.arraycopy(frame, 0, bytes, start, frame.length);
    intro = new byte[0];
    return bytes;
  }
}
