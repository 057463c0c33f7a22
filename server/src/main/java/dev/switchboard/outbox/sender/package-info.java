/**
 * One virtual thread for each connected account that takes its messages from the queue, one flight
 * each, when pacing lets them go. Knows {@code outbox.queue}, {@code pacing}, {@code connector},
 * {@code journal} and {@code model}.
 */
@NullMarked
package dev.switchboard.outbox.sender;

import org.jspecify.annotations.NullMarked;
