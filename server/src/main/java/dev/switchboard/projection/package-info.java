/**
 * Brings what the journal says into storage, in batches and exactly once, and keeps what is not
 * there yet for those who read: storage may be away for minutes. Knows {@code journal}, {@code
 * connector} and {@code model}, and no database.
 */
@NullMarked
package dev.switchboard.projection;

import org.jspecify.annotations.NullMarked;
