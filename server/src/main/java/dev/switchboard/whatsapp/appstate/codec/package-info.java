/**
 * App state as bytes: keys, hashes, MACs, patches and snapshots, read and written. It must not know
 * accounts, storage or stanzas.
 */
@NullMarked
package dev.switchboard.whatsapp.appstate.codec;

import org.jspecify.annotations.NullMarked;
