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
    // Cobalt leaves out the unused byte 0, and answers null behind its last token.
    return list(BinaryTokens.SINGLE_BYTE_TOKENS, SINGLE_TOKENS - 1);
  }

  /** What the second byte stands for, in each of the four dictionaries. */
  public static List<List<String>> doubleByteTokens() {
    return List.of(
        list(BinaryTokens.DICTIONARY_0_TOKENS, DOUBLE_TOKENS),
        list(BinaryTokens.DICTIONARY_1_TOKENS, DOUBLE_TOKENS),
        list(BinaryTokens.DICTIONARY_2_TOKENS, DOUBLE_TOKENS),
        list(BinaryTokens.DICTIONARY_3_TOKENS, DOUBLE_TOKENS));
  }

  private static List<String> list(BinaryTokens tokens, int size) {
    return IntStream.range(0, size)
        .mapToObj(index -> Objects.requireNonNull(tokens.get(index)))
        .toList();
  }
}
