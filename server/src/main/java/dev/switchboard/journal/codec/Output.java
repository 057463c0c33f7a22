package dev.switchboard.journal.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes being written: numbers in groups of seven bits, everything else after its length. */
final class Output {
  private static final int FIRST_CAPACITY = 256;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;

  void oneByte(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  void flag(boolean value) {
    oneByte(value ? 1 : 0);
  }

  /** Small numbers take few bytes; negative ones ten. */
  void number(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Numbers near zero take few bytes, whatever their sign. */
  void signedNumber(long value) {
    number((value << 1) ^ (value >> 63));
  }

  void text(String value) {
    blob(value.getBytes(StandardCharsets.UTF_8));
  }

  void blob(byte[] value) {
    number(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, needed * 2L));
    }
  }
}
