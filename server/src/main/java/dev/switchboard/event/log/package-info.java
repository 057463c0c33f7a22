/**
 * The log of events: what an entry says, what is known of it after a start, how long it is kept.
 * Knows the port {@code journal.log}; knows neither who writes events nor who reads them.
 */
@NullMarked
package dev.switchboard.event.log;

import org.jspecify.annotations.NullMarked;
