/**
 * Durable records of the simulated network on MVStore, one commit per change; it must not know what
 * the records mean.
 */
@NullMarked
package dev.switchboard.sandbox.state;

import org.jspecify.annotations.NullMarked;
