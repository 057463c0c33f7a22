/**
 * The phones (device 0 of every account) as full Signal peers, and the people who hold them; it
 * must not know sockets or connections.
 */
@NullMarked
package dev.switchboard.sandbox.phone;

import org.jspecify.annotations.NullMarked;
