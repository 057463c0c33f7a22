/**
 * Webhooks at work: one thread each, which reads the log of events, has attempts made and stores
 * what came of them. Knows the rest of {@code webhook}, {@code event} and {@code model}; neither
 * HTTP nor storage.
 */
@NullMarked
package dev.switchboard.webhook.delivery;

import org.jspecify.annotations.NullMarked;
