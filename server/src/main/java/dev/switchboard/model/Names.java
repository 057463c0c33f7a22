package dev.switchboard.model;

/**
 * What ids are made of. Without regular expressions: every entry of the journal holds some, and a
 * million of them are read at a start.
 */
final class Names {
  private static final int LONGEST_NAME = 63;

  private Names() {}

  /** 1 to 63 lower-case letters, digits, {@code -} or {@code _}, the first a letter or digit. */
  static boolean isName(String text) {
    if (text.isEmpty() || text.length() > LONGEST_NAME || !isLetterOrDigit(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetterOrDigit(c) && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }

  /** So many decimal digits. */
  static boolean isDigits(String text, int fewest, int most) {
    if (text.length() < fewest || text.length() > most) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || isDigit(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
