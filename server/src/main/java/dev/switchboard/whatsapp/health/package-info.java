/**
 * Whether an open connection works, told from evidence: a pure state machine over times that are
 * handed in. It must not know stanzas or sockets.
 */
@NullMarked
package dev.switchboard.whatsapp.health;

import org.jspecify.annotations.NullMarked;
