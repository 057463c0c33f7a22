package dev.switchboard.whatsapp.wire.codec;

import dev.switchboard.whatsapp.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates a zlib stream, up to a bound: a small stream can promise a thousand times its size. */
public final class Inflation {
  private static final int CHUNK_BYTES = 8192;

  private Inflation() {}

  /**
   * The inflated bytes.
   *
   * @throws WireException if the stream is broken, incomplete, followed by other bytes, or larger
   *     than the bound when inflated
   */
  public static byte[] inflate(byte[] bytes, int from, int maximumBytes) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(bytes, from, bytes.length - from);
      byte[] inflated = drain(inflater, maximumBytes);
      if (inflater.getRemaining() > 0) {
        throw new WireException("bytes behind the compressed node");
      }
      return inflated;
    } catch (DataFormatException e) {
      throw new WireException("a broken zlib stream", e);
    } finally {
      inflater.end();
    }
  }

  private static byte[] drain(Inflater inflater, int maximumBytes) throws DataFormatException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK_BYTES];
    while (!inflater.finished()) {
      int length = inflater.inflate(chunk);
      if (length == 0 && !inflater.finished()) {
        throw new WireException("an incomplete zlib stream");
      }
      if (output.size() + length > maximumBytes) {
        throw new WireException("a compressed node is larger than " + maximumBytes + " bytes");
      }
      output.write(chunk, 0, length);
    }
    return output.toByteArray();
  }
}
