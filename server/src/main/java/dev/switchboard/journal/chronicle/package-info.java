/**
 * Logs on Chronicle Queue, the journal among them: one writer that commits in groups, readers that
 * see what is durable. Knows the ports {@code journal} and {@code journal.log} and the encoding of
 * the journal; no storage, no core beyond the entries, and nobody else knows Chronicle.
 */
@NullMarked
package dev.switchboard.journal.chronicle;

import org.jspecify.annotations.NullMarked;
