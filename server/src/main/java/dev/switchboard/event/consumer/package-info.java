/**
 * Named readers of events whose place the gateway remembers. Knows the model; knows neither the log
 * nor how a place is told to callers.
 */
@NullMarked
package dev.switchboard.event.consumer;

import org.jspecify.annotations.NullMarked;
