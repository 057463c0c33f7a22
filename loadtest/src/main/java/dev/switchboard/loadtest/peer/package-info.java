/**
 * Clients that nobody here wrote, as senders to compare with: installed into the target folder, run
 * as processes of node. Knows no run.
 */
@NullMarked
package dev.switchboard.loadtest.peer;

import org.jspecify.annotations.NullMarked;
