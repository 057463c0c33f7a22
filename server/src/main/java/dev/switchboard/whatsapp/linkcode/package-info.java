/**
 * Linking by a code that a person types on the phone: the code, the keys both sides agree on under
 * it, and the stanzas that carry them. It must not know connections, records or who shows the code.
 */
@NullMarked
package dev.switchboard.whatsapp.linkcode;

import org.jspecify.annotations.NullMarked;
