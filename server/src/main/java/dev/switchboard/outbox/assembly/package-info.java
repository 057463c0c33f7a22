/** Puts the parts together through which outbound messages go. Knows all of {@code outbox}. */
@NullMarked
package dev.switchboard.outbox.assembly;

import org.jspecify.annotations.NullMarked;
