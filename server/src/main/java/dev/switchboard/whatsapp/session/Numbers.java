package dev.switchboard.whatsapp.session;

import dev.switchboard.whatsapp.wire.Node;
import java.time.Instant;
import java.time.InstantSource;

/** Reads numbers that peers wrote: what is none is a default, never an exception. */
public final class Numbers {
  /** The end of the year 9999: a greater time stamp is none. */
  public static final long LATEST_SECOND = 253_402_300_799L;

  private Numbers() {}

  public static int of(Node node, String attribute, int otherwise) {
    long value = of(node, attribute, (long) otherwise);
    return value == (int) value ? (int) value : otherwise;
  }

  /** When the stanza says that it happened; now, if it says nothing sensible. */
  public static Instant at(Node stanza, InstantSource clock) {
    long seconds = of(stanza, "t", 0L);
    return seconds <= 0 || seconds > LATEST_SECOND
        ? clock.instant()
        : Instant.ofEpochSecond(seconds);
  }

  public static long of(Node node, String attribute, long otherwise) {
    try {
      return node.attribute(attribute).map(Long::parseLong).orElse(otherwise);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
