/**
 * The messages of each account that are not finished, as small as they can be kept in memory: what
 * they say stays in the journal. Follows the journal; whoever changes something appends it there.
 * Knows {@code journal} and {@code model}; neither engines nor senders nor storage.
 */
@NullMarked
package dev.switchboard.outbox.queue;

import org.jspecify.annotations.NullMarked;
