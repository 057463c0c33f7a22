/**
 * How a connection begins on its account's route: directly, or inside a tunnel that a proxy opens.
 * Whatever connects for an account, its socket or its media, begins here. It must not know what is
 * said on the connection.
 */
@NullMarked
package dev.switchboard.whatsapp.tunnel;

import org.jspecify.annotations.NullMarked;
