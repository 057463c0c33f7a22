/**
 * The one small bridge between Netty (TLS, HTTP, websocket) and blocking code on virtual threads;
 * it must not know what the bytes mean.
 */
@NullMarked
package dev.switchboard.sandbox.socket;

import org.jspecify.annotations.NullMarked;
