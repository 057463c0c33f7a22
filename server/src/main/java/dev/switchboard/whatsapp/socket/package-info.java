/**
 * The bridge between Netty's event loops and the blocking session of an account: bytes of one
 * websocket in, bytes out. It must not know frames, nodes, accounts or what any byte means.
 */
@NullMarked
package dev.switchboard.whatsapp.socket;

import org.jspecify.annotations.NullMarked;
