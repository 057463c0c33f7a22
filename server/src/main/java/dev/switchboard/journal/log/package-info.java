/**
 * An append-only sequence of bytes in files, under whatever keeps what happened: the journal of
 * outbound messages, the log of events. Knows neither what the bytes say nor what keeps them.
 */
@NullMarked
package dev.switchboard.journal.log;

import org.jspecify.annotations.NullMarked;
