/**
 * Keeps the journal short: says again what is open and old, and lets files go that hold nothing
 * else. Knows {@code journal} and {@code outbox.queue}.
 */
@NullMarked
package dev.switchboard.outbox.carry;

import org.jspecify.annotations.NullMarked;
