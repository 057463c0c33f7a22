/**
 * Nodes from and to bytes, with dictionary 3; it must not know frames, ciphers or what a node
 * means.
 */
@NullMarked
package dev.switchboard.whatsapp.wire.codec;

import org.jspecify.annotations.NullMarked;
