/**
 * The server is killed again and again while its callers send: nothing that was accepted may be
 * lost, doubled or reordered. Knows the programs under test and their contract only.
 */
@NullMarked
package dev.switchboard.loadtest.crash;

import org.jspecify.annotations.NullMarked;
