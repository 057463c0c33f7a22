package dev.switchboard.egress.guard;

import dev.switchboard.model.GatewayException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a URL leads to. It is read by one grammar, stricter than any library's, and taken apart
 * once: nothing reads the text again, so nothing can read it otherwise.
 *
 * @param secure whether it is https
 * @param path with the query; both as they were given
 */
public record Target(boolean secure, Host host, int port, String path) {
  /** How long a URL may be. */
  public static final int LONGEST = 2048;

  private static final String FIELD = "url";
  private static final int HTTPS = 443;
  private static final int HTTP = 80;
  private static final int HIGHEST_PORT = 65_535;

  private static final Pattern URL =
      Pattern.compile("(?<scheme>[Hh][Tt][Tt][Pp][Ss]?)://(?<authority>[^/?#]*)(?<path>[/?].*)?");
  private static final Pattern AUTHORITY =
      Pattern.compile("(?<host>\\[[^\\[\\]]*]|[^:\\[\\]]*)(?::(?<port>[1-9][0-9]{0,4}))?");

  /** Two hexadecimal digits, but of no control character. */
  private static final String ENCODED = "%(?:[2-689A-Fa-f][0-9A-Fa-f]|7[0-9A-Ea-e])";

  /** The characters of RFC 3986. */
  private static final Pattern PATH =
      Pattern.compile(
          "(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|ENCODED)*+)?(?:\\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?\\[\\]-]|ENCODED)*+)?"
              .replace("ENCODED", ENCODED));

  /** Reads it, or INVALID_FIELD of {@code url}. */
  public static Target of(String url) {
    require(url.length() <= LONGEST, "has " + LONGEST + " characters at most");
    Matcher parts = URL.matcher(url);
    require(parts.matches(), "begins with https:// or http:// and has no characters beyond ASCII");
    String authority = parts.group("authority");
    require(authority.indexOf('@') < 0, "has no user and no password in it; use a header");
    Matcher place = AUTHORITY.matcher(authority);
    require(place.matches(), "names a host, and a port from 1 to " + HIGHEST_PORT + " if any");
    Optional<Host> host = Host.of(place.group("host"));
    require(
        host.isPresent(),
        "names a host by letters, digits and hyphens, four decimal numbers, or IPv6 in brackets");
    boolean secure = parts.group("scheme").length() == "https".length();
    return new Target(secure, host.get(), port(place.group("port"), secure), path(parts));
  }

  private static int port(@Nullable String given, boolean secure) {
    if (given == null) {
      return secure ? HTTPS : HTTP;
    }
    int port = Integer.parseInt(given);
    require(port <= HIGHEST_PORT, "has a port from 1 to " + HIGHEST_PORT);
    return port;
  }

  private static String path(Matcher parts) {
    String path = Optional.ofNullable(parts.group("path")).orElse("/");
    require(
        PATH.matcher(path).matches(),
        "has no fragment, and percent-encodes what is no letter, digit or sign of URLs");
    return path.startsWith("/") ? path : "/" + path;
  }

  /** The value of the Host header. */
  public String authority() {
    return port == (secure ? HTTPS : HTTP) ? host.inUrl() : host.inUrl() + ":" + port;
  }

  /** Hides the path, which may be a secret. */
  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + authority();
  }

  static GatewayException invalid(String rule) {
    return GatewayException.invalidField(FIELD, rule);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw invalid(rule);
    }
  }
}
