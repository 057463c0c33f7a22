/**
 * Readers of events that check what they are told against what the contract promises. Knows the
 * contract; knows no run.
 */
@NullMarked
package dev.switchboard.loadtest.events;

import org.jspecify.annotations.NullMarked;
