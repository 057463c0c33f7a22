package dev.switchboard.sandbox.linkcode;

import java.util.Locale;
import java.util.Optional;

/** What a person typed on the phone, without the dash. */
public record TypedCode(String characters) {
  private static final int LENGTH = 8;
  private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTVWXYZ";

  /** Takes small letters, and a dash in any place; empty for what is no code. */
  public static Optional<TypedCode> parse(String text) {
    String characters = text.strip().replace("-", "").toUpperCase(Locale.ROOT);
    boolean sound =
        characters.length() == LENGTH
            && characters.chars().allMatch(character -> ALPHABET.indexOf(character) >= 0);
    return sound ? Optional.of(new TypedCode(characters)) : Optional.empty();
  }

  @Override
  public String toString() {
    return "TypedCode[…]";
  }
}
