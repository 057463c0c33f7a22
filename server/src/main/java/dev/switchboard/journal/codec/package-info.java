/**
 * The bytes of journal entries: versioned, bounded, private parts sealed. Knows the entries and the
 * model; not where the bytes are kept.
 */
@NullMarked
package dev.switchboard.journal.codec;

import org.jspecify.annotations.NullMarked;
