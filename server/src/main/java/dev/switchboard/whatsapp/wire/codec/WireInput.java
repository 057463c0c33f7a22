package dev.switchboard.whatsapp.wire.codec;

import dev.switchboard.whatsapp.wire.WireException;
import java.util.Arrays;

/** Reads bytes one after the other and never beyond the end. */
final class WireInput {
  private final byte[] bytes;
  private final int end;
  private int position;

  WireInput(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.position = from;
    this.end = end;
  }

  int remaining() {
    return end - position;
  }

  int readByte() {
    require(1);
    return bytes[position++] & 0xff;
  }

  /** A big-endian number of one to four bytes; beyond 2^31 it is longer than any frame. */
  int readNumber(int width) {
    require(width);
    int value = 0;
    for (int i = 0; i < width; i++) {
      value = (value << 8) | (bytes[position++] & 0xff);
    }
    if (value < 0) {
      throw new WireException("a length beyond any frame");
    }
    return value;
  }

  byte[] readBytes(int length) {
    require(length);
    byte[] part = Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    return part;
  }

  private void require(int length) {
    if (length > end - position) {
      throw new WireException("the node ends too early");
    }
  }
}
