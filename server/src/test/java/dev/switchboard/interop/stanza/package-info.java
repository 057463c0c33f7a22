/**
 * Holds our codec against stanzas that foreign clients encode; it must not know the sandbox or the
 * engine.
 */
@NullMarked
package dev.switchboard.interop.stanza;

import org.jspecify.annotations.NullMarked;
