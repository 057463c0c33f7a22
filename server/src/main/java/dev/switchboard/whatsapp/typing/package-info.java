/**
 * Showing people that the account is typing to them, and being online meanwhile. It must not know
 * what is typed, nor how messages leave.
 */
@NullMarked
package dev.switchboard.whatsapp.typing;

import org.jspecify.annotations.NullMarked;
