/** Frames in a byte stream, and the client's first bytes; it must not know what is in a frame. */
@NullMarked
package dev.switchboard.whatsapp.wire.frame;

import org.jspecify.annotations.NullMarked;
