/**
 * The keys and sessions of phones, and how keys look inside of stanzas; it must not know what the
 * messages say.
 */
@NullMarked
package dev.switchboard.sandbox.phone.signal;

import org.jspecify.annotations.NullMarked;
