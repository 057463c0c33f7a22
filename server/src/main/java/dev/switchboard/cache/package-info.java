/**
 * What is read far more often than it changes, kept in memory in front of a store that this process
 * alone writes to. Knows the {@code model} and nothing of what it keeps.
 */
@NullMarked
package dev.switchboard.cache;

import org.jspecify.annotations.NullMarked;
