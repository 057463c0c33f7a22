/**
 * The Noise handshake of both sides, the ciphers that come out of it and the server's certificate
 * chain; it must not know nodes or frames.
 */
@NullMarked
package dev.switchboard.whatsapp.wire.noise;

import org.jspecify.annotations.NullMarked;
