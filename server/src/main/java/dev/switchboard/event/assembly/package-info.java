/** Puts the parts of {@code event} together. Knows them all, and nothing outside of the core. */
@NullMarked
package dev.switchboard.event.assembly;

import org.jspecify.annotations.NullMarked;
