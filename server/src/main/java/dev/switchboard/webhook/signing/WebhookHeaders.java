package dev.switchboard.webhook.signing;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The headers that one attempt is posted with. */
public final class WebhookHeaders {
  public static final String ID = "webhook-id";
  public static final String TIMESTAMP = "webhook-timestamp";
  public static final String SIGNATURE = "webhook-signature";
  public static final String ATTEMPT = "switchboard-attempt";

  private static final String CONTENT_TYPE = "content-type";
  private static final String USER_AGENT = "user-agent";

  /** No dot: it parts what is signed. */
  private static final Pattern IDS = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  private WebhookHeaders() {}

  /**
   * All of them: the custom ones, then ours, names in small letters.
   *
   * @param id of the event, the same in every attempt
   * @param at the time of this attempt, which is signed: receivers refuse what is too old
   * @param attempt how many attempts this makes, from 1
   * @param keys the live ones, the newest first, two at most
   * @param custom as {@link CustomHeaders} lets them pass
   */
  public static Map<String, String> of(
      String id,
      Instant at,
      int attempt,
      byte[] body,
      List<SigningKey> keys,
      Map<String, String> custom) {
    if (!IDS.matcher(id).matches()) {
      throw new IllegalArgumentException("not the id of an event");
    }
    Map<String, String> headers = new LinkedHashMap<>(CustomHeaders.checked(custom));
    headers.put(CONTENT_TYPE, "application/json");
    headers.put(USER_AGENT, "Switchboard");
    headers.put(ID, id);
    headers.put(TIMESTAMP, Long.toString(at.getEpochSecond()));
    headers.put(SIGNATURE, Signature.of(keys, id, at, body));
    headers.put(ATTEMPT, Integer.toString(attempt));
    return Collections.unmodifiableMap(headers);
  }
}
