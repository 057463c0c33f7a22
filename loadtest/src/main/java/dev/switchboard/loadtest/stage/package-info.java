/**
 * What most runs begin with: the simulated network in its own process, a server beside it, people,
 * and linked accounts. Knows no run.
 */
@NullMarked
package dev.switchboard.loadtest.stage;

import org.jspecify.annotations.NullMarked;
