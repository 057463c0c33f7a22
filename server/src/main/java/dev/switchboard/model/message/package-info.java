/** Messages and how far they have come. Knows {@code model}, nothing else. */
@NullMarked
package dev.switchboard.model.message;

import org.jspecify.annotations.NullMarked;
