/**
 * Load tests by name. Knows the runs and the public contract; only {@code core.program} knows the
 * server.
 */
@NullMarked
package dev.switchboard.loadtest;

import org.jspecify.annotations.NullMarked;
