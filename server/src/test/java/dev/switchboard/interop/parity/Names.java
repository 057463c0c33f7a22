package dev.switchboard.interop.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Puts roles in the place of numbers: who speaks, and with whom. */
final class Names {
  /** Hashes over numbers, and references that the server makes up. */
  private static final Set<String> CHOSEN = Set.of("phash", "device_hash", "link_code_pairing_ref");

  private record Name(String number, String role) {}

  private final List<Name> names = new ArrayList<>();

  /** What is said of the number, of a phone or a hidden one, is said of the role. */
  Names with(String number, String role) {
    names.add(new Name(number.replace("+", ""), role));
    return this;
  }

  String masked(String key, String value) {
    if (CHOSEN.contains(key)) {
      return "<masked>";
    }
    String masked = value;
    for (Name name : names) {
      masked = masked.replace(name.number, name.role);
    }
    return masked;
  }
}
