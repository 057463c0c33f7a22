/**
 * A client's connection from the handshake to its end: Noise, pairing, login, and stanzas handed to
 * whoever handles their kind; it must not know what stanzas mean.
 */
@NullMarked
package dev.switchboard.sandbox.session;

import org.jspecify.annotations.NullMarked;
