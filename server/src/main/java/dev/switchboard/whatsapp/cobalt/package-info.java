/**
 * The one adapter on Cobalt: its token dictionary and its handshake, payload and device identity
 * models as values of our own; it must not know nodes, sessions or the sandbox.
 */
@NullMarked
package dev.switchboard.whatsapp.cobalt;

import org.jspecify.annotations.NullMarked;
