/**
 * Webhooks: endpoints that a tenant's events are posted to, at least once, with the same id and in
 * order per chat. Knows {@code model} and {@code event}; knows neither HTTP nor the public contract
 * nor storage.
 */
@NullMarked
package dev.switchboard.webhook;

import org.jspecify.annotations.NullMarked;
