package dev.switchboard.whatsapp.wire.codec;

import dev.switchboard.whatsapp.cobalt.TokenDictionary;
import dev.switchboard.whatsapp.wire.WireException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The dictionary in both directions. */
final class Tokens {
  private static final List<String> SINGLE = TokenDictionary.singleByteTokens();
  private static final List<List<String>> DOUBLE = TokenDictionary.doubleByteTokens();
  private static final Map<String, byte[]> BYTES = index();

  private Tokens() {}

  /** The one or two bytes of a word; null if it is no token. Not to be changed. */
  static byte @Nullable [] bytes(String word) {
    return BYTES.get(word);
  }

  static String single(int tag) {
    if (tag < 1 || tag > SINGLE.size()) {
      throw new WireException("no token has the number " + tag);
    }
    return SINGLE.get(tag - 1);
  }

  static String pair(int dictionary, int index) {
    return DOUBLE.get(dictionary).get(index);
  }

  /** A word that stands twice is written as its last entry, as independent clients do. */
  private static Map<String, byte[]> index() {
    Map<String, byte[]> index = HashMap.newHashMap(2048);
    for (int i = 0; i < SINGLE.size(); i++) {
      index.put(SINGLE.get(i), new byte[] {(byte) (i + 1)});
    }
    for (int dictionary = 0; dictionary < DOUBLE.size(); dictionary++) {
      List<String> words = DOUBLE.get(dictionary);
      for (int i = 0; i < words.size(); i++) {
        index.put(words.get(i), new byte[] {(byte) (Tag.DICTIONARY_0 + dictionary), (byte) i});
      }
    }
    return index;
  }
}
