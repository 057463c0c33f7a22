/**
 * What happened, as it is told to callers: made in the transaction that makes it true, written to
 * the log of events, then told. Knows {@code model}; knows neither the public contract nor storage
 * nor who is told.
 */
@NullMarked
package dev.switchboard.event;

import org.jspecify.annotations.NullMarked;
