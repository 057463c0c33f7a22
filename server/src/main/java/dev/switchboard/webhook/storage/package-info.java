/**
 * The ports of where webhooks and their deliveries are kept, and what is kept. Knows webhooks,
 * {@code event} and {@code model}; not how any of it is posted or written down.
 */
@NullMarked
package dev.switchboard.webhook.storage;

import org.jspecify.annotations.NullMarked;
