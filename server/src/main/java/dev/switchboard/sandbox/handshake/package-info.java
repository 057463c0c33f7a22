/**
 * The server's side of Noise: its keys, the handshake, and frames after it; it must not know what
 * the frames hold.
 */
@NullMarked
package dev.switchboard.sandbox.handshake;

import org.jspecify.annotations.NullMarked;
