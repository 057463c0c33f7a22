/**
 * The writer: callers wait here together, one thread appends and flushes for all. Knows Chronicle's
 * appender and the bytes of entries; not what entries say.
 */
@NullMarked
package dev.switchboard.journal.chronicle.commit;

import org.jspecify.annotations.NullMarked;
