package dev.switchboard.grpc;

import java.util.random.RandomGenerator;

/**
 * Ids for what a caller creates without naming it: ten letters and digits that are easy to read.
 */
public final class RandomIds {
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz";
  private static final String ALPHABET = LETTERS + "23456789";
  private static final int LENGTH = 10;

  private final RandomGenerator random;

  public RandomIds(RandomGenerator random) {
    this.random = random;
  }

  /** The id that the caller chose, or a new one. */
  public String orNew(String chosen) {
    return chosen.isEmpty() ? next() : chosen;
  }

  /** A new id; begins with a letter. */
  public String next() {
    StringBuilder id = new StringBuilder(LENGTH);
    id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    while (id.length() < LENGTH) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
