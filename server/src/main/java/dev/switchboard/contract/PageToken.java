package dev.switchboard.contract;

import dev.switchboard.model.GatewayException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of a list begins, opaque to callers.
 *
 * @param list which list it belongs to, so that one list's token is refused by another
 * @param after the key of the last item that was returned
 */
public record PageToken(String list, String after) {
  private static final char SEPARATOR = '|';

  public String encode() {
    byte[] bytes = (list + SEPARATOR + after).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The key after which the list goes on; empty for the first page. */
  public static String decode(String list, String token) {
    if (token.isEmpty()) {
      return "";
    }
    String decoded = new String(base64(token), StandardCharsets.UTF_8);
    if (!decoded.startsWith(list + SEPARATOR)) {
      throw refused();
    }
    return decoded.substring(list.length() + 1);
  }

  /** As {@link #decode}, for lists whose key is a number; null for the first page. */
  public static @Nullable Long decodeNumber(String list, String token) {
    String key = decode(list, token);
    try {
      return key.isEmpty() ? null : Long.valueOf(key);
    } catch (NumberFormatException e) {
      throw refused();
    }
  }

  private static byte[] base64(String token) {
    try {
      return Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      throw refused();
    }
  }

  private static GatewayException refused() {
    return GatewayException.invalidField("page_token", "is not a token that this list returned");
  }
}
