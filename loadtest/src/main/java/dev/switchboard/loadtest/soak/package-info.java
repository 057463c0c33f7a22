/**
 * Accounts send and receive for a long time, in good weather and bad: nothing may be lost, doubled,
 * or grow without end. Knows the programs under test and their contract only.
 */
@NullMarked
package dev.switchboard.loadtest.soak;

import org.jspecify.annotations.NullMarked;
