/** Puts the parts together: opened in order, closed in reverse. Knows everything. */
@NullMarked
package dev.switchboard;

import org.jspecify.annotations.NullMarked;
