package dev.switchboard.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.event.reading.Selection;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.event.EventKind;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What callers choose for a webhook and may change later.
 *
 * @param displayName free text of at most 128 characters, for people
 * @param url where events are posted to; who takes it asks {@link Courier#check} too
 * @param instances of which instances events are wanted; none named: of all
 * @param kinds which events are wanted; none named: all
 * @param headers that go with each request, by name
 */
public record WebhookSettings(
    String displayName,
    String url,
    Set<InstanceId> instances,
    Set<EventKind> kinds,
    Map<String, String> headers) {
  public static final int LONGEST_NAME = 128;
  public static final int LONGEST_URL = 2_048;
  public static final int MOST_HEADERS = 20;

  /** Names and values of headers together. */
  public static final int MOST_HEADER_BYTES = 4 << 10;

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
  private static final Set<String> RESERVED =
      Set.of(
          "webhook-id",
          "webhook-timestamp",
          "webhook-signature",
          "switchboard-attempt",
          "content-type",
          "content-length",
          "content-encoding",
          "user-agent",
          "host",
          "connection",
          "keep-alive",
          "proxy-connection",
          "transfer-encoding",
          "te",
          "trailer",
          "upgrade",
          "expect",
          "http2-settings");

  public WebhookSettings {
    require(displayName.length() <= LONGEST_NAME, "display_name", "is too long");
    require(!url.isEmpty() && url.length() <= LONGEST_URL, "url", "must be 1 to 2048 characters");
    require(instances.size() <= Selection.MOST_INSTANCES, "instance_ids", "are too many");
    instances = Set.copyOf(instances);
    kinds = Set.copyOf(kinds);
    checkHeaders(headers);
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
  }

  private static void checkHeaders(Map<String, String> headers) {
    require(headers.size() <= MOST_HEADERS, "headers", "must be 20 at most");
    int bytes = 0;
    Set<String> names = new HashSet<>();
    for (var header : headers.entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      require(isToken(name), "headers", "must have names of letters, digits and " + TOKEN_MARKS);
      require(!RESERVED.contains(name), "headers", "must not set what the gateway sets itself");
      require(names.add(name), "headers", "must not name one twice");
      require(isValue(header.getValue()), "headers", "must have values of printable ASCII");
      bytes += name.length() + header.getValue().getBytes(UTF_8).length;
    }
    require(bytes <= MOST_HEADER_BYTES, "headers", "must take 4096 bytes at most");
  }

  private static boolean isToken(String name) {
    return !name.isEmpty() && name.chars().allMatch(WebhookSettings::isTokenCharacter);
  }

  private static boolean isTokenCharacter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || TOKEN_MARKS.indexOf(c) >= 0;
  }

  /** Without control characters, so that nobody ends a header early; no space at either end. */
  private static boolean isValue(String value) {
    return value.chars().allMatch(c -> c >= ' ' && c < 0x7f) && value.strip().equals(value);
  }

  private static void require(boolean holds, String field, String rule) {
    if (!holds) {
      throw GatewayException.invalidField(field, rule);
    }
  }

  /** Hides what may be secret: the address and the headers. */
  @Override
  public String toString() {
    return "WebhookSettings[" + displayName + ", " + headers.size() + " headers]";
  }
}
