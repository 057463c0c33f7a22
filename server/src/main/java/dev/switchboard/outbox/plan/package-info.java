/**
 * When a message would go, behind what waits in its account's queue, and what has to be asked of
 * storage to say so. Knows {@code queue}, {@code sender} and {@code pacing}; changes nothing that
 * is durable.
 */
@NullMarked
package dev.switchboard.outbox.plan;

import org.jspecify.annotations.NullMarked;
