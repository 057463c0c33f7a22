package dev.switchboard.whatsapp.wire.codec;

import java.io.ByteArrayOutputStream;

/** Collects the bytes of a node. */
final class WireOutput {
  private static final int TYPICAL_NODE_BYTES = 256;
  private static final int BINARY_8_LIMIT = 1 << 8;
  private static final int BINARY_20_LIMIT = 1 << 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_NODE_BYTES);

  void writeByte(int value) {
    bytes.write(value);
  }

  void writeNumber(int value, int width) {
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
      bytes.write(value >>> shift);
    }
  }

  void writeBytes(byte[] value) {
    bytes.writeBytes(value);
  }

  /** Bytes with the smallest length that fits in front. */
  void writeBinary(byte[] value) {
    if (value.length < BINARY_8_LIMIT) {
      writeByte(Tag.BINARY_8);
      writeByte(value.length);
    } else if (value.length < BINARY_20_LIMIT) {
      writeByte(Tag.BINARY_20);
      writeNumber(value.length, 3);
    } else {
      writeByte(Tag.BINARY_32);
      writeNumber(value.length, 4);
    }
    writeBytes(value);
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
