package dev.switchboard.whatsapp.cobalt;

import it.auties.whatsapp.io.BinaryTokens;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** The words that nodes shorten to one or two bytes: dictionary 3, as Cobalt ships it. */
public final class TokenDictionary {
  private static final int SINGLE_TOKENS = 236;
  private static final int DOUBLE_TOKENS = 256;

  private TokenDictionary() {}

  /** What a single byte stands for; the first entry belongs to the byte 1. */
  public static List<String> singleByteTokens() {
    // Cobalt's first entry is an empty word for the unused byte 0.
    return list(BinaryTokens.SINGLE_BYTE_TOKENS, 1, SINGLE_TOKENS);
  }

  /** What the second byte stands for, in each of the four dictionaries. */
  public static List<List<String>> doubleByteTokens() {
    return List.of(
        list(BinaryTokens.DICTIONARY_0_TOKENS, 0, DOUBLE_TOKENS),
        list(BinaryTokens.DICTIONARY_1_TOKENS, 0, DOUBLE_TOKENS),
        list(BinaryTokens.DICTIONARY_2_TOKENS, 0, DOUBLE_TOKENS),
        list(BinaryTokens.DICTIONARY_3_TOKENS, 0, DOUBLE_TOKENS));
  }

  private static List<String> list(BinaryTokens tokens, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(index -> Objects.requireNonNull(tokens.get(index)))
        .toList();
  }
}
