package dev.switchboard.journal.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link Output} wrote, and nothing beyond its end. */
final class Input {
  private final byte[] bytes;
  private final int end;
  private int next;

  Input(byte[] bytes) {
    this(bytes, bytes.length);
  }

  Input(byte[] bytes, int end) {
    this.bytes = bytes;
    this.end = end;
  }

  int oneByte() {
    require(1);
    return bytes[next++] & 0xFF;
  }

  boolean flag() {
    return switch (oneByte()) {
      case 0 -> false;
      case 1 -> true;
      default -> throw new UnreadableEntryException("a flag is neither 0 nor 1");
    };
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int group = oneByte();
      value |= (group & 0x7FL) << shift;
      if (group < 0x80) {
        return value;
      }
    }
    throw new UnreadableEntryException("a number does not end");
  }

  long signedNumber() {
    long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A count or length, each unit of which takes at least a byte of what is left. */
  int count() {
    long count = number();
    if (count < 0 || count > end - next) {
      throw new UnreadableEntryException("a length goes beyond the end");
    }
    return (int) count;
  }

  int smallNumber() {
    long value = number();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new UnreadableEntryException("a number is out of range");
    }
    return (int) value;
  }

  String text() {
    int length = count();
    String value = new String(bytes, next, length, StandardCharsets.UTF_8);
    next += length;
    return value;
  }

  byte[] blob() {
    int length = count();
    byte[] value = Arrays.copyOfRange(bytes, next, next + length);
    next += length;
    return value;
  }

  void requireEnd() {
    if (next != end) {
      throw new UnreadableEntryException("bytes are left over");
    }
  }

  private void require(int more) {
    if (end - next < more) {
      throw new UnreadableEntryException("it ends too early");
    }
  }
}
