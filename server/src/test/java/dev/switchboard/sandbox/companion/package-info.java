/**
 * A small WhatsApp client of the tests' own; it must not know the engine or the inside of the
 * sandbox.
 */
@NullMarked
package dev.switchboard.sandbox.companion;

import org.jspecify.annotations.NullMarked;
