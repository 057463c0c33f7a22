/**
 * Webhooks and their deliveries between model and contract. Knows the values of {@code webhook};
 * knows neither transport nor storage.
 */
@NullMarked
package dev.switchboard.contract.webhook;

import org.jspecify.annotations.NullMarked;
