package dev.switchboard.randomised;

import java.util.List;
import java.util.stream.Stream;

/** Who takes part: accounts that the gateway holds from the beginning, and people with a phone. */
final class Cast {
  static final List<String> HELD = List.of("ann", "ben", "cat");
  static final List<String> PHONES_ONLY = List.of("pia", "quin");

  private Cast() {}

  static List<String> everybody() {
    return Stream.concat(HELD.stream(), PHONES_ONLY.stream()).toList();
  }
}
