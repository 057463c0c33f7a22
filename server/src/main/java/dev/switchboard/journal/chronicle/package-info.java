/**
 * The journal on Chronicle Queue: one writer that commits in groups, readers that see what is
 * durable. Knows the port {@code journal} and its encoding; no storage, no core beyond the entries,
 * and nobody else knows Chronicle.
 */
@NullMarked
package dev.switchboard.journal.chronicle;

import org.jspecify.annotations.NullMarked;
