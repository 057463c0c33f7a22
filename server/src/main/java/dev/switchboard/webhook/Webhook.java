package dev.switchboard.webhook;

import dev.switchboard.event.reading.Selection;
import java.time.Instant;
import java.util.Optional;

/**
 * An endpoint that events are posted to.
 *
 * @param cause why this server disabled it; none in any other state
 */
public record Webhook(
    WebhookKey key,
    WebhookSettings settings,
    WebhookState state,
    Optional<DisabledCause> cause,
    Instant createdAt,
    Instant updatedAt) {
  /** Why a webhook was disabled by this server. */
  public enum DisabledCause {
    /** The receiver answered 410: it wants nothing any more. */
    GONE
  }

  public Webhook {
    if (cause.isPresent() != (state == WebhookState.DISABLED)) {
      throw new IllegalArgumentException("a webhook has a cause when it is disabled");
    }
  }

  /** The same with other settings. */
  public Webhook with(WebhookSettings other, Instant now) {
    return new Webhook(key, other, state, cause, createdAt, now);
  }

  /** The same, enabled or paused by its owner. */
  public Webhook in(WebhookState other, Instant now) {
    return new Webhook(key, settings, other, Optional.empty(), createdAt, now);
  }

  /** The same, disabled. */
  public Webhook disabled(DisabledCause reason, Instant now) {
    return new Webhook(key, settings, WebhookState.DISABLED, Optional.of(reason), createdAt, now);
  }

  /** The events that it wants. */
  public Selection selection() {
    return new Selection(key.tenant(), settings.instances(), settings.kinds(), _ -> true);
  }
}
