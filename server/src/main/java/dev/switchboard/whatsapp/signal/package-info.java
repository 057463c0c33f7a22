/**
 * Signal sessions of one device as units of work over its durable records; the only importer of
 * libsignal, it must not know stanzas, JIDs, databases or threads.
 */
@NullMarked
package dev.switchboard.whatsapp.signal;

import org.jspecify.annotations.NullMarked;
