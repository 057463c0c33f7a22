/**
 * What the engine keeps of an account between connections, as typed views on its durable records:
 * credentials, Signal state, aliases, device lists. It must not know sockets or stanzas in flight.
 */
@NullMarked
package dev.switchboard.whatsapp.account;

import org.jspecify.annotations.NullMarked;
