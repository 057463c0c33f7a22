/**
 * Webhooks and their deliveries in PostgreSQL: addresses, secrets and answers sealed. Knows {@code
 * webhook} and its ports; not how anything is posted.
 */
@NullMarked
package dev.switchboard.store.webhook;

import org.jspecify.annotations.NullMarked;
