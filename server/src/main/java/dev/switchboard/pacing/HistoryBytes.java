package dev.switchboard.pacing;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A history as bytes: version, when linked, the draw, then both series as their size, the first
 * time and the steps between them. Numbers are 7 bits a byte, the lowest first.
 */
final class HistoryBytes {
  private static final byte VERSION = 1;
  private static final int LONGEST_NUMBER = 10;
  private static final int HEAD = 1 + LONGEST_NUMBER + Long.BYTES + 2 * LONGEST_NUMBER;

  private HistoryBytes() {}

  static byte[] encode(PacingHistory history) {
    Series sends = history.sends().current(history.sends().last());
    Series contacts = history.contacts().current(history.sends().last());
    var bytes = ByteBuffer.allocate(HEAD + (sends.size() + contacts.size()) * LONGEST_NUMBER);
    bytes.put(VERSION);
    putNumber(bytes, history.linkedMillis() == Series.NEVER ? 0 : history.linkedMillis() + 1);
    bytes.putLong(history.draw());
    put(bytes, sends);
    put(bytes, contacts);
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  static PacingHistory decode(byte[] encoded) {
    var bytes = ByteBuffer.wrap(encoded);
    try {
      byte version = bytes.get();
      if (version != VERSION) {
        throw new IllegalArgumentException("a pacing history of the unknown version " + version);
      }
      long linked = number(bytes);
      long draw = bytes.getLong();
      var history =
          new PacingHistory(
              series(bytes), series(bytes), draw, linked == 0 ? Series.NEVER : linked - 1);
      if (bytes.hasRemaining()) {
        throw new IllegalArgumentException("a pacing history with something behind it");
      }
      return history;
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a pacing history that is cut short", e);
    }
  }

  private static void put(ByteBuffer bytes, Series series) {
    putNumber(bytes, series.size());
    long before = 0;
    for (int i = 0; i < series.size(); i++) {
      putNumber(bytes, series.at(i) - before);
      before = series.at(i);
    }
  }

  private static Series series(ByteBuffer bytes) {
    long size = number(bytes);
    if (size < 0 || size > Series.KEPT) {
      throw new IllegalArgumentException("a pacing history of more than is kept");
    }
    Series series = Series.EMPTY;
    long time = 0;
    for (int i = 0; i < size; i++) {
      time += number(bytes);
      series = series.plus(time);
    }
    return series;
  }

  private static void putNumber(ByteBuffer bytes, long number) {
    long rest = number;
    while ((rest & ~0x7FL) != 0) {
      bytes.put((byte) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.put((byte) rest);
  }

  private static long number(ByteBuffer bytes) {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes.get();
      number |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IllegalArgumentException("a pacing history with a number that does not end");
  }
}
