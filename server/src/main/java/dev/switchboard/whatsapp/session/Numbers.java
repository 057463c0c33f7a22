package dev.switchboard.whatsapp.session;

import dev.switchboard.whatsapp.wire.Node;

/** Reads numbers that peers wrote: what is none is a default, never an exception. */
public final class Numbers {
  /** The end of the year 9999: a greater time stamp is none. */
  public static final long LATEST_SECOND = 253_402_300_799L;

  private Numbers() {}

  public static int of(Node node, String attribute, int otherwise) {
    long value = of(node, attribute, (long) otherwise);
    return value == (int) value ? (int) value : otherwise;
  }

  public static long of(Node node, String attribute, long otherwise) {
    try {
      return node.attribute(attribute).map(Long::parseLong).orElse(otherwise);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
