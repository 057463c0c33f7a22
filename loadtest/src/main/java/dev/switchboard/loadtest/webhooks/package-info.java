/**
 * Events are posted to a receiver that misbehaves, from a server that is killed: nothing may be
 * lost or come out of order. Knows the programs under test and their contract only.
 */
@NullMarked
package dev.switchboard.loadtest.webhooks;

import org.jspecify.annotations.NullMarked;
