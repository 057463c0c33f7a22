/**
 * What callers may do with messages that wait and with queues as a whole. Knows {@code
 * outbox.queue}, {@code outbox.sender}, {@code journal}, {@code history}, {@code pacing} and {@code
 * model}.
 */
@NullMarked
package dev.switchboard.outbox.control;

import org.jspecify.annotations.NullMarked;
