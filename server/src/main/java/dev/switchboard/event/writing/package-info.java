/**
 * The way of events into the log: taken over when their transaction is committed, numbered, written
 * in groups, told, and deleted where they waited. Knows the log and the ports of {@code event};
 * knows neither who reads nor how storage keeps what waits.
 */
@NullMarked
package dev.switchboard.event.writing;

import org.jspecify.annotations.NullMarked;
