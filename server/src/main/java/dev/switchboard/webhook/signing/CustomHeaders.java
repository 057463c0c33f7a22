package dev.switchboard.webhook.signing;

import dev.switchboard.model.GatewayException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which headers callers may have posted beside ours: such as a token that their receiver wants.
 * Nothing that says how a request is framed, where it goes or what is signed.
 */
public final class CustomHeaders {
  /** How many there may be. */
  public static final int MOST = 20;

  /** How many characters their names and values may have in all. */
  public static final int LONGEST = 4096;

  private static final String FIELD = "headers";
  private static final Pattern NAMES = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");

  /**
   * What can be seen, and spaces within: so neither CR nor LF, and nothing that is read in two
   * ways.
   */
  private static final Pattern VALUES = Pattern.compile("[!-~]([ -~]*[!-~])?");

  private static final Set<String> FORBIDDEN =
      Set.of(
          "accept-encoding",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "max-forwards",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "user-agent",
          "via");

  private static final Set<String> FORBIDDEN_BEGINNINGS =
      Set.of("proxy-", "sec-", "switchboard-", "webhook-");

  private CustomHeaders() {}

  /** The same with names in small letters, or INVALID_FIELD. Values are told to nobody. */
  public static SortedMap<String, String> checked(Map<String, String> headers) {
    require(headers.size() <= MOST, "are " + MOST + " at most");
    SortedMap<String, String> checked = new TreeMap<>();
    int length = 0;
    for (var header : headers.entrySet()) {
      String name = name(header.getKey());
      require(
          VALUES.matcher(header.getValue()).matches(),
          "have values of visible ASCII characters, with spaces only within");
      require(checked.put(name, header.getValue()) == null, "name each header once");
      length += name.length() + header.getValue().length();
    }
    require(length <= LONGEST, "have " + LONGEST + " characters in all at most");
    return Collections.unmodifiableSortedMap(checked);
  }

  private static String name(String given) {
    require(NAMES.matcher(given).matches(), "have names as HTTP has them, 1 to 128 characters");
    String name = given.toLowerCase(Locale.ROOT);
    require(
        !FORBIDDEN.contains(name) && FORBIDDEN_BEGINNINGS.stream().noneMatch(name::startsWith),
        "must not contain " + name + ", which the gateway sets itself");
    return name;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw GatewayException.invalidField(FIELD, rule);
    }
  }
}
