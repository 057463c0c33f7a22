package dev.switchboard.webhook;

import dev.switchboard.event.reading.Selection;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.event.EventKind;
import dev.switchboard.webhook.signing.CustomHeaders;
import java.util.Map;
import java.util.Set;

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

  public WebhookSettings {
    require(displayName.length() <= LONGEST_NAME, "display_name", "is too long");
    require(!url.isEmpty() && url.length() <= LONGEST_URL, "url", "must be 1 to 2048 characters");
    require(instances.size() <= Selection.MOST_INSTANCES, "instance_ids", "are too many");
    instances = Set.copyOf(instances);
    kinds = Set.copyOf(kinds);
    headers = CustomHeaders.checked(headers);
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
