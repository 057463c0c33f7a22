package dev.switchboard.loadtest.fanout;

import dev.switchboard.api.v1.Event;

/**
 * The time at which a message was written, as its text: Linux counts the same nanoseconds for all
 * processes of a machine.
 */
final class Stamp {
  /** What an event without a stamp has. */
  static final long NONE = Long.MIN_VALUE;

  private static final String BEGIN = "at ";

  private Stamp() {}

  /** A text of so many characters that tells the time, or of a few more when they do not do. */
  static String text(long nanos, int length) {
    String stamp = BEGIN + nanos + " ";
    return stamp + "x".repeat(Math.max(0, length - stamp.length()));
  }

  /** The time that an event tells, or {@link #NONE}. */
  static long of(Event event) {
    return event.hasMessageReceived()
        ? of(event.getMessageReceived().getMessage().getText().getText())
        : NONE;
  }

  private static long of(String text) {
    int end = text.indexOf(' ', BEGIN.length());
    return text.startsWith(BEGIN) && end > 0 ? Long.parseLong(text, BEGIN.length(), end, 10) : NONE;
  }
}
