/**
 * What each family of stanzas means to the network, one handler per family; it must not know
 * connections beyond the link it answers on.
 */
@NullMarked
package dev.switchboard.sandbox.stanza;

import org.jspecify.annotations.NullMarked;
