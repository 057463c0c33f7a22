/**
 * When an account may connect: admission to log in, the wait after a loss, the end of a ban. It
 * must not know how a connection is made, nor where states are stored.
 */
@NullMarked
package dev.switchboard.instance.reconnect;

import org.jspecify.annotations.NullMarked;
