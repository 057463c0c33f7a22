/**
 * Follows the journal and applies what it says to the queues; then tells those who follow along.
 * Knows {@code outbox.queue} and {@code journal}.
 */
@NullMarked
package dev.switchboard.outbox.dispatch;

import org.jspecify.annotations.NullMarked;
