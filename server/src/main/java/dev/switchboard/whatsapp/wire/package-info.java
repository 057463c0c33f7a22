/**
 * WhatsApp's binary language: JIDs, nodes, their encoding and the frames around them; it must not
 * know sessions, messages or anything that opens a socket.
 */
@NullMarked
package dev.switchboard.whatsapp.wire;

import org.jspecify.annotations.NullMarked;
