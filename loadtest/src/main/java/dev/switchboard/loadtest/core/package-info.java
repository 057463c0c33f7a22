/**
 * Runs that measure the server's core without network and database: {@code recovery} and {@code
 * pacing}. They start programs of {@code program} with the server's jar and flags, and read what
 * these print; only that package knows the server.
 */
@NullMarked
package dev.switchboard.loadtest.core;

import org.jspecify.annotations.NullMarked;
