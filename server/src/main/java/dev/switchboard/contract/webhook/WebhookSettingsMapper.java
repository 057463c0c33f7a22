package dev.switchboard.contract.webhook;

import dev.switchboard.api.v1.EventKind;
import dev.switchboard.api.v1.UpdateWebhookRequest;
import dev.switchboard.api.v1.Webhook;
import dev.switchboard.api.v1.WebhookHeader;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.InstanceId;
import dev.switchboard.webhook.WebhookSettings;
import dev.switchboard.webhook.WebhookState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What callers choose for a webhook, and the changes of it. */
public final class WebhookSettingsMapper {
  private static final String STATE = "state";
  private static final String EVERYTHING = "*";
  private static final Set<String> PATHS =
      Set.of("display_name", "url", "instance_ids", "kinds", "headers", STATE, EVERYTHING);

  private WebhookSettingsMapper() {}

  /** What a new webhook begins with. */
  public static WebhookSettings initial(Webhook given) {
    return new WebhookSettings(
        given.getDisplayName(),
        given.getUrl(),
        instances(given),
        kinds(given),
        headers(given.getHeadersList(), Map.of()));
  }

  /** What the request changes; refused when it names what callers cannot change. */
  public static UnaryOperator<WebhookSettings> change(UpdateWebhookRequest request) {
    requireKnown(request.getUpdateMask().getPathsList());
    Webhook given = request.getWebhook();
    return now ->
        new WebhookSettings(
            changes(request, "display_name", !given.getDisplayName().isEmpty())
                ? given.getDisplayName()
                : now.displayName(),
            changes(request, "url", !given.getUrl().isEmpty()) ? given.getUrl() : now.url(),
            changes(request, "instance_ids", given.getInstanceIdsCount() > 0)
                ? instances(given)
                : now.instances(),
            changes(request, "kinds", given.getKindsCount() > 0) ? kinds(given) : now.kinds(),
            changes(request, "headers", given.getHeadersCount() > 0)
                ? headers(given.getHeadersList(), now.headers())
                : now.headers());
  }

  /** The state that the request asks for, if it asks for one. */
  public static Optional<WebhookState> state(UpdateWebhookRequest request) {
    var asked = request.getWebhook().getState();
    boolean given = asked != dev.switchboard.api.v1.WebhookState.WEBHOOK_STATE_UNSPECIFIED;
    if (!changes(request, STATE, given)) {
      return Optional.empty();
    }
    return switch (asked) {
      case WEBHOOK_STATE_ENABLED -> Optional.of(WebhookState.ENABLED);
      case WEBHOOK_STATE_PAUSED -> Optional.of(WebhookState.PAUSED);
      case WEBHOOK_STATE_UNSPECIFIED, WEBHOOK_STATE_DISABLED, UNRECOGNIZED ->
          throw GatewayException.invalidField(STATE, "must become enabled or paused");
    };
  }

  private static boolean changes(UpdateWebhookRequest request, String path, boolean given) {
    List<String> mask = request.getUpdateMask().getPathsList();
    return request.hasUpdateMask() ? mask.contains(path) || mask.contains(EVERYTHING) : given;
  }

  private static void requireKnown(List<String> paths) {
    if (!PATHS.containsAll(paths)) {
      throw GatewayException.invalidField(
          "update_mask", "must name display_name, url, instance_ids, kinds, headers, state or *");
    }
  }

  private static Set<InstanceId> instances(Webhook given) {
    return given.getInstanceIdsList().stream().map(InstanceId::new).collect(Collectors.toSet());
  }

  private static Set<dev.switchboard.model.event.EventKind> kinds(Webhook given) {
    return given.getKindsList().stream()
        .map(EventKind::getNumber)
        .map(dev.switchboard.model.event.EventKind::of)
        .collect(Collectors.toSet());
  }

  /**
   * The headers with their values.
   *
   * @param known values that callers were never told, and so cannot give again, by name
   */
  private static Map<String, String> headers(List<WebhookHeader> given, Map<String, String> known) {
    Map<String, String> before = new HashMap<>();
    known.forEach((name, value) -> before.put(name.toLowerCase(Locale.ROOT), value));
    Map<String, String> headers = new LinkedHashMap<>();
    for (WebhookHeader header : given) {
      String value = header.getValue();
      if (value.isEmpty()) {
        value = before.getOrDefault(header.getName().toLowerCase(Locale.ROOT), "");
      }
      require(!value.isEmpty(), "must have values, but for those that the webhook has already");
      require(headers.put(header.getName(), value) == null, "must not name one twice");
    }
    return headers;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw GatewayException.invalidField("headers", rule);
    }
  }
}
