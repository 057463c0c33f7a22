/**
 * A simulated WhatsApp network, opened as one {@link dev.switchboard.sandbox.Sandbox}; it must not
 * know the core, the engine or any other edge, and meets them over sockets only.
 */
@NullMarked
package dev.switchboard.sandbox;

import org.jspecify.annotations.NullMarked;
