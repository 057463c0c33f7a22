/**
 * The rows of events: written in the transaction that makes them true, handed over after it, read
 * back after a crash. Knows the port of the core and the store's own foundations; not what
 * happened, nor who is told.
 */
@NullMarked
package dev.switchboard.store.event;

import org.jspecify.annotations.NullMarked;
