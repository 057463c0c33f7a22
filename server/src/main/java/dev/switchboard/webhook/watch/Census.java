package dev.switchboard.webhook.watch;

import dev.switchboard.webhook.WebhookState;

/**
 * How many webhooks there are, and what they have to do.
 *
 * @param enabled how many are
 * @param paused by their owners
 * @param disabled by this server
 * @param away how many receivers are thought to be away
 * @param waiting events that were read and are to be posted
 * @param inFlight posts that are on their way
 */
public record Census(int enabled, int paused, int disabled, int away, int waiting, int inFlight) {
  /** Of no webhook. */
  public static final Census NONE = new Census(0, 0, 0, 0, 0, 0);

  /** Of one. */
  public static Census of(WebhookState state, boolean away, int waiting, int inFlight) {
    return new Census(
        state == WebhookState.ENABLED ? 1 : 0,
        state == WebhookState.PAUSED ? 1 : 0,
        state == WebhookState.DISABLED ? 1 : 0,
        away ? 1 : 0,
        waiting,
        inFlight);
  }

  /** Both together. */
  public Census and(Census other) {
    return new Census(
        enabled + other.enabled,
        paused + other.paused,
        disabled + other.disabled,
        away + other.away,
        waiting + other.waiting,
        inFlight + other.inFlight);
  }
}
