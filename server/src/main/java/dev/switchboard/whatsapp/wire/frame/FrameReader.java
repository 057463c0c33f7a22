package dev.switchboard.whatsapp.wire.frame;

import dev.switchboard.whatsapp.wire.WireException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a byte stream into frames: three bytes of length, then the frame. Chunks may split and merge
 * frames at will. It keeps at most one incomplete frame. Belongs to one thread.
 */
public final class FrameReader {
  /** The largest frame that three bytes of length can say. */
  public static final int MAXIMUM_FRAME_BYTES = (1 << 24) - 1;

  private static final int LENGTH_BYTES = 3;
  private static final byte[] EMPTY = {};

  private final int maximumFrameBytes;
  private boolean headerExpected;
  private Optional<ClientHeader> header = Optional.empty();
  private byte[] buffer = EMPTY;
  private int size;

  private FrameReader(int maximumFrameBytes, boolean headerExpected) {
    if (maximumFrameBytes < 1 || maximumFrameBytes > MAXIMUM_FRAME_BYTES) {
      throw new IllegalArgumentException("a frame has 1 to 16777215 bytes");
    }
    this.maximumFrameBytes = maximumFrameBytes;
    this.headerExpected = headerExpected;
  }

  /** The client's side: the stream holds frames only. */
  public static FrameReader ofClient(int maximumFrameBytes) {
    return new FrameReader(maximumFrameBytes, false);
  }

  /** The server's side: the stream begins with the client's header. */
  public static FrameReader ofServer(int maximumFrameBytes) {
    return new FrameReader(maximumFrameBytes, true);
  }

  /** The header, once it was read; never on the client's side. */
  public Optional<ClientHeader> header() {
    return header;
  }

  /**
   * Takes a chunk and gives the frames that it completes.
   *
   * @throws WireException if the header is not a client's or a frame is larger than allowed; the
   *     stream cannot be read on
   */
  public List<byte[]> read(byte[] chunk) {
    append(chunk);
    int position = headerExpected ? readHeader() : 0;
    return headerExpected ? List.of() : frames(position);
  }

  private int readHeader() {
    byte[] begin = Arrays.copyOf(buffer, size);
    Optional<Integer> length = ClientHeader.length(begin);
    length.ifPresent(bytes -> {
      header = Optional.of(ClientHeader.parse(Arrays.copyOf(begin, bytes)));
      headerExpected = false;
    });
    return length.orElse(0);
  }

  private List<byte[]> frames(int from) {
    List<byte[]> frames = new ArrayList<>();
    int position = from;
    while (size - position >= LENGTH_BYTES) {
      int length = lengthAt(position);
      if (length > maximumFrameBytes) {
        throw new WireException("a frame of " + length + " bytes is larger than allowed");
      }
      int end = position + LENGTH_BYTES + length;
      if (end > size) {
        break;
      }
      frames.add(Arrays.copyOfRange(buffer, position + LENGTH_BYTES, end));
      position = end;
    }
    keepFrom(position);
    return frames;
  }

  private int lengthAt(int at) {
    return ((buffer[at] & 0xff) << 16) | ((buffer[at + 1] & 0xff) << 8) | (buffer[at + 2] & 0xff);
  }

  /** Grows by doubling, so that a frame that comes byte by byte is not copied with each of them. */
  private void append(byte[] chunk) {
    if (buffer.length - size < chunk.length) {
      buffer = Arrays.copyOf(buffer, Math.max(size + chunk.length, Math.min(2 * size, 1 << 25)));
    }
    System.arraycopy(chunk, 0, buffer, size, chunk.length);
    size += chunk.length;
  }

  /** An idle connection holds nothing. */
  private void keepFrom(int position) {
    if (position == size) {
      buffer = EMPTY;
      size = 0;
    } else if (position > 0) {
      buffer = Arrays.copyOfRange(buffer, position, size);
      size = buffer.length;
    }
  }
}
